import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inAllSizes } from './harness/look.ts'
import { expectValue, follow, patience, saysSomewhere, waitUntilAllSent } from './harness/steps.ts'
import { newWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

const effort = 'Felles nattevakt med naboen'
const writers = [
  { writer: 'HR-leiar', owner: 'Kommunalsjef helse eig gevinsten.' },
  { writer: 'Hovudtillitsvald', owner: 'Avdelingsleiaren må vere med og eige han.' },
] as const

const inFiveDays = (): string => {
  const day = new Date()
  day.setDate(day.getDate() + 5)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
const cell = (page: Page, column: string): Locator => page.getByLabel(`${column}, tiltak 1`)
const others = (page: Page): Promise<string[]> =>
  page.locator('.effort .other-cell').allInnerTexts()

it('two tablets that plan the same effort offline make one plan of it, with both writers', async () => {
  const world = await newWorld()
  const pages: Page[] = []
  for (const { writer } of writers) {
    const { page } = await world.openBrowser()
    await signIn(page, world.gate.origin, 'demo-gruppe-stord')
    await waitUntilOfflineReady(page)
    await follow(page, '/plan')
    await page.getByRole('button', { name: writer }).click()
    pages.push(page)
  }
  const [first, second] = pages
  if (!first || !second) throw new Error('two tablets were asked for')

  // 1. The group has written an effort, and a sentence that it agrees on, in the sheet of its ambition.
  await follow(first, '/del/strategi/ambisjonen')
  await first.getByLabel('Dette samlar vi oss om').fill('Færre vakter, betre kvile.')
  await first.getByRole('button', { name: /Innsatsane våre/ }).click()
  await first.locator('table tbody tr').first().getByRole('textbox').first().fill(effort)
  await waitUntilAllSent(first)
  await follow(first, '/plan')
  for (const page of pages) await page.getByRole('checkbox', { name: effort }).waitFor()

  // 2. No network at either. Both fetch the effort, and say different things of it.
  world.gate.cut()
  for (const page of pages) await page.context().setOffline(true)
  for (const [index, page] of pages.entries()) {
    await page.getByText('Det planen byggjer på').click()
    await page.locator('.basis').getByText('Færre vakter, betre kvile.').waitFor()
    await page.getByRole('checkbox', { name: effort }).check()
    await page.getByRole('button', { name: 'Hent inn 1 tiltak' }).click()
    await expectValue(cell(page, 'Tiltak'), effort)
    await cell(page, 'Eigar av gevinsten').fill(writers[index]?.owner ?? '')
    expect(await page.getByRole('checkbox', { name: effort }).count()).toBe(0)
  }
  const deadline = inFiveDays()
  await first.getByLabel('Status').selectOption('I gang')
  await second.getByLabel('Dato for fristen').fill(deadline)
  for (const page of pages) await saysSomewhere(page, /^Lagra på eininga kl\./)

  // 3. The network comes back: one effort, each fact as it was said, and what was fetched twice stands once.
  world.gate.restore()
  for (const page of pages) await page.context().setOffline(false)
  for (const [index, page] of pages.entries()) {
    const [own, other] = index === 0 ? writers : [writers[1], writers[0]]
    await expect.poll(() => others(page), patience).toEqual([expect.stringContaining(other.owner)])
    await expectValue(cell(page, 'Eigar av gevinsten'), own.owner)
    await expectValue(cell(page, 'Tiltak'), effort)
    await expectValue(page.getByLabel('Status'), 'under-way')
    await expectValue(page.getByLabel('Dato for fristen'), deadline)
    expect(await page.locator('.effort').count()).toBe(1)
    await waitUntilAllSent(page)
  }

  // 4. Who has written nothing reads the same, and is reminded on the line.
  const { page: reader } = await world.openBrowser()
  await signIn(reader, world.gate.origin, 'demo-deltakar-stord')
  await reader.getByRole('link', { name: /1 tiltak har frist snart/ }).click()
  // Blocks of the same minute have no order in time.
  const read = async () =>
    (await others(reader)).map((text) => text.split('\n').at(-1)?.trim()).sort()
  await expect.poll(read, patience).toEqual([effort, ...writers.map(({ owner }) => owner)].sort())
  await expectValue(reader.getByLabel('Status'), 'under-way')
  // 5. The plan is reached from its own sheet, and from the stops that follow it up.
  for (const [from, link] of [
    ['/del/leiing/tiltaksplan', 'Følg opp tiltaksplanen'],
    ['/samling/avslutting', 'Tiltaksplanen'],
    ['/modul/leiing', 'Tiltaksplanen'],
  ] as const) {
    await follow(reader, from)
    await reader.getByRole('link', { name: link, exact: true }).click()
    await reader.locator('.effort').waitFor()
  }
  // 6. Who takes out an effort is told whose words go with it, and has it back whole at one tap.
  await second.getByRole('button', { name: 'Ta ut tiltak 1' }).click()
  const note = second.getByRole('alert').filter({ hasText: `tekst frå ${writers[0].writer}` })
  await note.waitFor()
  expect(await second.locator('.effort').count()).toBe(0)
  await second.locator('.plan-buttons button:focus').waitFor()
  await inAllSizes(second, 'plan-taken-out')
  await note.getByRole('button', { name: 'Angre' }).click()
  await second.locator('.effort:focus').waitFor()
  await expectValue(cell(second, 'Eigar av gevinsten'), writers[1].owner)
  expect(await others(second)).toEqual([expect.stringContaining(writers[0].owner)])
  expect(await note.count()).toBe(0)
  // 7. It can be read and used on a phone, a tablet and a desk, by day and by night.
  await inAllSizes(first, 'plan', true)
  await inAllSizes(reader, 'plan-reader', true)
  await follow(reader, '/')
  await reader.getByRole('link', { name: /1 tiltak har frist snart/ }).waitFor()
  await inAllSizes(reader, 'plan-home', true)
})
