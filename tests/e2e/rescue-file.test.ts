import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  expectValue,
  firstAnswer,
  follow,
  saysSomewhere,
  tellOnline,
  waitUntilAllSent,
} from './harness/steps.ts'
import { openWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const task = '/del/strategi/seie-nei'
const person = 'demo-deltakar-stord'
const text = 'Skrive på hytta, utan nett. 🏔️ Vi kuttar i skjema.'

let world: World
let tablet: Page
let file: { name: string; mimeType: string; buffer: Buffer }
beforeAll(async () => {
  world = await openWorld()
  tablet = (await world.openBrowser()).page
  await signIn(tablet, world.gate.origin, person)
  await waitUntilOfflineReady(tablet)
})
afterAll(() => world.end())

/** Chooses the file on the device page. */
const handIn = async (page: Page, chosen: string | typeof file): Promise<void> => {
  await follow(page, '/eininga')
  await page.getByLabel('Vel fila').setInputFiles(chosen)
}
/** Another browser, which never was where the file was saved. */
const elsewhere = async (code: string): Promise<Page> => {
  const { page } = await world.openBrowser()
  await signIn(page, world.server.origin, code)
  return page
}

it('what is not sent can be saved as a file without a network', async () => {
  await follow(tablet, task)
  world.gate.cut()
  await firstAnswer(tablet).pressSequentially(text)
  await saysSomewhere(tablet, /^Lagra på eininga kl\./)
  await follow(tablet, '/eininga')
  await tablet.getByText('1 svar er ikkje sendt').waitFor()
  const [download] = await Promise.all([
    tablet.waitForEvent('download'),
    tablet.getByRole('button', { name: 'Lagre som fil' }).click(),
  ])
  const name = download.suggestedFilename()
  expect(name).toMatch(/^loft-usendt-\d{4}-\d\d-\d\d\.json$/)
  file = { name, mimeType: 'application/json', buffer: readFileSync(await download.path()) }
  // A person can read what is in it.
  expect(file.buffer.toString()).toContain(text)
  await saysSomewhere(tablet, /^Fila loft-usendt-.* er lagra\. Orda ligg framleis her òg\.$/)
  await tablet.getByText('1 svar er ikkje sendt').waitFor()
})

it('somebody else cannot hand it in, and is told so', async () => {
  const page = await elsewhere('demo-politikar-stord')
  await handIn(page, file)
  await saysSomewhere(page, /^1 tekst høyrer til nokon andre og er ikkje teken imot\./)
})

it('a file that is none is told, and changes nothing', async () => {
  await handIn(tablet, 'package.json')
  await saysSomewhere(tablet, /^Vi klarte ikkje å lese fila\./)
  await tablet.getByText('1 svar er ikkje sendt').waitFor()
})

it('the same person hands it in elsewhere, and the words are there once, also when the first device comes back', async () => {
  const phone = await elsewhere(person)
  await handIn(phone, file)
  await saysSomewhere(phone, /^1 tekst er teken imot og blir send\./)
  await waitUntilAllSent(phone)
  await follow(phone, task)
  await expectValue(firstAnswer(phone), text)

  world.gate.restore()
  await tellOnline(tablet)
  await waitUntilAllSent(tablet)
  await follow(tablet, task)
  await expectValue(firstAnswer(tablet), text)
  // Handed in once more, now by who wrote it: nothing is doubled.
  await handIn(tablet, file)
  await saysSomewhere(tablet, /^1 tekst er teken imot og blir send\./)
  await waitUntilAllSent(tablet)

  const third = await elsewhere(person)
  await third.goto(`${world.server.origin}${task}`)
  await expectValue(firstAnswer(third), text)
})

it('who signs out with unsent words is offered the file too', async () => {
  world.gate.cut()
  await follow(tablet, task)
  await firstAnswer(tablet).pressSequentially(' Og meir.')
  await saysSomewhere(tablet, /^Lagra på eininga kl\./)
  await follow(tablet, '/meg')
  await tablet.getByRole('button', { name: 'Logg ut', exact: true }).click()
  const warning = tablet.getByRole('alert').filter({ hasText: 'Noko er ikkje sendt' })
  const [download] = await Promise.all([
    tablet.waitForEvent('download'),
    warning.getByRole('button', { name: 'Lagre som fil' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^loft-usendt-/)
})
