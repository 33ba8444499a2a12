import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demoLink } from '../../src/server/people/demonstration.ts'
import type { Me } from '../../src/shared/domain/person.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { createDocument, wholeState, writeScalars } from '../../src/shared/words/document.ts'
import type { Scalar } from '../../src/shared/words/plain.ts'
import { frame, push } from '../server/sync/sync-client.ts'
import {
  chooseLanguage,
  firstAnswer,
  follow,
  patience,
  saysSomewhere,
  waitUntilAllSent,
} from './harness/steps.ts'
import { newWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const link = paths.municipalityLink(demoLink.token)
const films = ['meir-for-mindre', 'varme-hender', 'innbyggjarane', 'arbeidsgjevar', 'omverda']
const film = '/del/folkevalde/innbyggjarane'

/** Opens the municipality's link and presses its one button. */
const enter = async (page: Page, origin: string): Promise<void> => {
  await page.goto(origin + link)
  await saysSomewhere(page, 'For folkevalde i Stord')
  await page.getByRole('button', { name: 'Begynn' }).click()
  await page.waitForURL(`${origin}/`)
  await page.getByRole('navigation', { name: 'Lina for folkevalde' }).waitFor()
}

const newPolitician = async () => {
  const world = await newWorld()
  const { page } = await world.openBrowser()
  await enter(page, world.gate.origin)
  await waitUntilOfflineReady(page)
  return { world, page, origin: world.gate.origin }
}

/** To its very end, without sound and as fast as the browser plays. */
const playToTheEnd = (page: Page): Promise<void> =>
  page.locator('video').evaluate(async (video: HTMLVideoElement) => {
    video.muted = true
    await video.play()
    video.playbackRate = 16
    if (!video.ended) await new Promise((done) => video.addEventListener('ended', done))
  })

describe('a politician with the municipality’s link', () => {
  it('takes all five films along by one tap, and sees them to the end without a network', {
    timeout: 240_000,
  }, async () => {
    const { world, page } = await newPolitician()
    await page.getByRole('button', { name: /^Ta med alle fem, / }).click()
    await page.getByRole('link', { name: 'Alt er på eininga' }).waitFor()
    world.gate.cut()
    await page.reload()
    await saysSomewhere(page, /^Du har 10 minutt att før møtet/)
    for (const [index, name] of films.entries()) {
      await follow(page, `/del/folkevalde/${name}`)
      await page.getByRole('slider', { name: 'Tid i opptaket' }).waitFor()
      await playToTheEnd(page)
      await page.getByRole('button', { name: 'Ikkje ferdig likevel' }).waitFor()
      await follow(page, '/')
      await expect.poll(() => page.getByText(/^Sett, /).count(), patience).toBe(index + 1)
    }
    await saysSomewhere(page, 'Du har sett alle filmane.')
    // The meeting is the next thing now.
    const next = page.locator('[aria-current=step]')
    await next.getByRole('link', { name: 'Ta med til møtet' }).waitFor()
  })

  it('is one person, however often the link is opened and the button is pressed', async () => {
    const { page, origin } = await newPolitician()
    const whoAmI = (): Promise<string> =>
      page.evaluate(
        async (path) => ((await (await fetch(path)).json()) as { principal: string }).principal,
        paths.me,
      )
    const first = await whoAmI()
    expect(first).toMatch(/^anonym-/)
    await page.goto(origin + link)
    await saysSomewhere(page, 'Du er alt inne på denne eininga.')
    await page.getByRole('button', { name: 'Gå vidare til filmane' }).click()
    await page.waitForURL(`${origin}/`)
    expect(await whoAmI()).toBe(first)
  })

  it('finds all own words gathered for the meeting, without a network and on another device', async () => {
    const { world, page, origin } = await newPolitician()
    await follow(page, '/del/folkevalde/meir-for-mindre')
    await firstAnswer(page).fill('Mindre rapportering')
    await page.getByRole('radio', { name: '2', exact: true }).check()
    await page.getByRole('textbox', { name: /Notatet ditt/ }).fill('Ta opp i budsjettet')
    await waitUntilAllSent(page)
    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Vis ein kode' }).click()
    const code = await page.locator('.device-code').innerText()

    const tablet = await world.openBrowser()
    await tablet.page.goto(origin + link)
    await tablet.page.getByRole('link', { name: /Logg inn med ein kode/ }).click()
    await tablet.page.getByRole('textbox', { name: 'Kode' }).fill(code)
    await tablet.page.getByRole('button', { name: 'Logg inn' }).click()
    await tablet.page.waitForURL(`${origin}/`)
    await waitUntilOfflineReady(tablet.page)
    await follow(tablet.page, '/mote')
    await saysSomewhere(tablet.page, 'Ta opp i budsjettet')

    world.gate.cut()
    for (const one of [page, tablet.page]) {
      await one.goto(`${origin}/mote`)
      await one.getByRole('heading', { name: 'Ta med til møtet' }).waitFor()
      for (const words of ['Mindre rapportering', 'Ta opp i budsjettet', '2 (1–5)'])
        await saysSomewhere(one, words)
      await saysSomewhere(one, /^Korleis vil du forklare/)
    }
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'Skriv ut' }).isVisible()).toBe(false)
    expect(await page.getByText('Ta opp i budsjettet').isVisible()).toBe(true)
  })

  it('takes out all own words as a file, and is gone from every device when they erase themselves', async () => {
    const { world, page, origin } = await newPolitician()
    await follow(page, film)
    await firstAnswer(page).fill('Ordet som skal bort')
    await waitUntilAllSent(page)
    await follow(page, '/meg')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Last ned fila' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('loft-orda-mine.html')

    await page.getByRole('button', { name: 'Vis ein kode' }).click()
    const code = await page.locator('.device-code').innerText()
    const tablet = await world.openBrowser()
    await signIn(tablet.page, origin, code)
    await waitUntilOfflineReady(tablet.page)
    await follow(tablet.page, '/notat')
    await saysSomewhere(tablet.page, 'Ordet som skal bort')

    await page.getByRole('button', { name: 'Slett meg og det eg har skrive' }).click()
    await page.getByRole('button', { name: 'Slett alt no' }).click()
    await page.getByRole('heading', { name: 'Velkomen om bord' }).waitFor()
    const names = await page.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name),
    )
    expect(names.filter((name) => name?.startsWith('loft-words'))).toEqual([])

    await tablet.page.reload()
    await expect.poll(() => tablet.page.getByText('Ordet som skal bort').count(), patience).toBe(0)
  })

  it('is told in their own language that a wrong link does not open', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.goto(world.gate.origin + paths.municipalityLink('feil-lenkje'))
    await page.getByRole('alert').getByText('Vi kjenner ikkje lenkja.').waitFor()
    await page.getByRole('button', { name: 'Bokmål' }).click()
    await page.getByRole('alert').getByText('Vi kjenner ikke lenken.').waitFor()
    await page.getByRole('heading', { name: 'Denne lenken åpner ikke' }).waitFor()
  })
})

/** Four colleagues, whose devices are not looked at. */
const answerByWire = async ({ gate }: World, value: Scalar): Promise<void> => {
  const entered = await fetch(gate.origin + paths.link(demoLink.token), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ attempt: crypto.randomUUID(), language: 'nn' }),
  })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { personScope: scope } = (await entered.json()) as Me
  if (scope === null) throw new Error('no scope')
  const doc = createDocument()
  writeScalars(doc, [['saman', value]])
  const task = `${scope}/kompetanseloft-vestland.folkevalde.innbyggjarane`
  const sent = await fetch(gate.origin + paths.sync, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(frame([{ id: scope, pushes: [push(task, wholeState(doc))] }])),
  })
  expect(sent.status).toBe(200)
}

describe('the resource person', () => {
  it('sees no sum of four, and one when the fifth has answered, also without a network', async () => {
    const world = await newWorld()
    const { origin } = world.gate
    for (const value of ['delvis', 'delvis', 'darleg', 'darleg']) await answerByWire(world, value)
    const { page } = await world.openBrowser()
    await signIn(page, origin, 'demo-ressursperson-stord')
    await waitUntilOfflineReady(page)
    await page.getByRole('button', { name: 'Meny' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Møtet med folkevalde' }).click()
    const field = page.locator('.field-sum', { hasText: 'Kor godt heng tenestene våre saman' })
    await field.getByText(/^Færre enn fem har svart/).waitFor()
    await saysSomewhere(page, 'Dei tre spørsmåla')

    const fifth = await world.openBrowser()
    await enter(fifth.page, origin)
    await follow(fifth.page, film)
    await firstAnswer(fifth.page).fill('Ingen skal sjå dette')
    await fifth.page.getByRole('radio', { name: 'Delvis' }).check()
    await waitUntilAllSent(fifth.page)

    const told = async (): Promise<string> => {
      await page.reload()
      await field.waitFor()
      return field.innerText()
    }
    await expect.poll(told, { timeout: 30_000, interval: 1000 }).toMatch(/Minst 5 har svart/)
    const text = await field.innerText()
    expect(text).toMatch(/Delvis\s+3/)
    expect(text).toMatch(/gonger\s+2/)
    expect(text).toMatch(/Veit ikkje\s+høgst 1/)
    expect(await page.getByText('Ingen skal sjå dette').count()).toBe(0)

    world.gate.cut()
    await page.reload()
    await saysSomewhere(page, /^Du er utan nett\. Dette er tala slik dei var /)
    expect(await field.innerText()).toMatch(/Delvis\s+3/)
    await chooseLanguage(page, 'Bokmål')
    await saysSomewhere(page, 'Hva de har krysset av')
  })
})
