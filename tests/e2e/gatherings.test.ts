import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import ICAL from 'ical.js'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Outline } from '../../src/shared/domain/outline.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { faults } from './harness/look.ts'
import { expectValue, follow } from './harness/steps.ts'
import { newTraveller, newWorld, signIn, type World } from './harness/world.ts'

const form = '/admin/samling/vestland-1-kull-1/samling-1'
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** A participant's calendar address, as they make it. */
const makeFeed = async ({ gate }: World): Promise<string> => {
  const signedIn = await fetch(`${gate.origin}${paths.session}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: 'demo-deltakar-sunnfjord' }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const made = await fetch(`${gate.origin}${paths.calendar}`, {
    method: 'POST',
    headers: { cookie },
  })
  return ((await made.json()) as { address: string }).address
}

/** The first gathering as a calendar program reads it. */
const eventIn = async (address: string) => {
  const calendar = new ICAL.Component(ICAL.parse(await (await fetch(address)).text()))
  const [event] = calendar
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one))
    .filter(({ uid }) => uid === 'vestland-1-kull-1.samling-1@loft')
  if (!event) throw new Error('the gathering is not in the calendar')
  return event
}

describe('a gathering', () => {
  it('is changed by an administrator, and reaches pages, calendars and devices without a network', async () => {
    const world = await newWorld()
    const address = await makeFeed(world)
    const before = await eventIn(address)

    const office = await world.openBrowser()
    const { page } = office
    await signIn(page, world.gate.origin, 'demo-administrator')
    await follow(page, '/admin/samlingar')
    await page.getByRole('link', { name: /^Samling 1/ }).click()
    await heading(page, 'Samling 1').waitFor()

    // What is wrong stands at its field, which has the focus.
    await page.getByLabel('Siste dag', { exact: true }).fill('2020-01-01')
    await button(page, 'Lagre').click()
    await page.getByText('Dette er før samlinga begynner.').waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'date')
    await page.getByLabel('Første dag').fill('2027-01-13')
    await page.getByLabel('Siste dag', { exact: true }).fill('2027-01-14')
    await page.getByLabel('Adresse').fill('Samfunnshuset, Førde')

    // By keyboard: a new row, and two places up.
    await button(page, 'Legg til i programmet').focus()
    await page.keyboard.press('Enter')
    const added = page.getByRole('group', { name: 'Programpost 11' })
    await added.getByLabel('Kl.').fill('15:30')
    await added.getByLabel('Kva').fill('Bussen går')
    await added.getByRole('button', { name: /^Flytt opp/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('15:30 Bussen går er no nummer 10 av 11.').waitFor()
    await page.waitForFunction(() =>
      document.activeElement?.getAttribute('aria-label')?.startsWith('Flytt opp: 15:30 Bussen'),
    )
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('15:30 Bussen går er no nummer 11 av 11.').waitFor()

    // What cannot be stored now is not lost.
    world.gate.cut()
    await button(page, 'Lagre').click()
    await page.getByText(/Vi når ikkje Løft no/).waitFor()
    await expectValue(page.getByLabel('Adresse'), 'Samfunnshuset, Førde')
    world.gate.restore()
    await button(page, 'Lagre').click()
    await page.getByText('Lagra', { exact: true }).waitFor()
    await office.close()

    const after = await eventIn(address)
    expect(after.sequence).toBeGreaterThan(before.sequence)
    expect(after.startDate.toString()).toMatch(/^2027-01-13T10:00/)
    expect(after.location).toBe('Samfunnshuset, Førde')

    const train = (await world.openBrowser()).page
    await signIn(train, world.gate.origin, 'demo-deltakar-sunnfjord')
    await train.getByRole('link', { name: 'Samling i Førde' }).click()
    await heading(train, 'Samling i Førde').waitFor()
    await train.getByText('Frå onsdag 13. januar 2027 kl. 10.00').waitFor()
    await train.waitForFunction(() => navigator.serviceWorker.controller !== null)
    world.gate.cut()
    await train.reload()
    await train.getByText(/Vi når ikkje Løft no, så noko kan vere endra/).waitFor()
    await train.getByText('Samfunnshuset, Førde').waitFor()
    await train.getByText('Bussen går').waitFor()
  })

  it('is called off after a question, and marked for those who meet', async () => {
    const world = await newWorld()
    const address = await makeFeed(world)
    const { page } = await world.openBrowser()
    await signIn(page, world.gate.origin, 'demo-administrator')
    await follow(page, form)
    await button(page, 'Avlys «Samling 1»').click()
    await button(page, 'Avbryt').click()
    await button(page, 'Avlys «Samling 1»').click()
    await button(page, 'Ja, avlys').click()
    await page.getByText(/«Samling 1» er avlyst/).waitFor()
    const event = await eventIn(address)
    expect(event.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    await follow(page, '/samling/samling-1')
    await page.getByText(/^Avlyst\. Ikkje reis/).waitFor()
  })

  it('is on the device of somebody who has only been at home', async () => {
    const { world, page } = await newTraveller('demo-deltakar-stord')
    await page.waitForFunction(() =>
      Object.keys(localStorage).some((key) => key.startsWith('loft-gatherings:')),
    )
    world.gate.cut()
    await page.reload()
    await page.getByRole('link', { name: 'Samling i Førde' }).click()
    await page.getByText('Rådhuset i Sunnfjord, Førde').waitFor()
  })
})

/** A programme of one required text, and nothing that must have been held. */
const makeEasy = async ({ server }: World): Promise<void> => {
  await server.stop()
  const db = new DatabaseSync(join(server.data, 'loft.sqlite'))
  for (const { version, id, outline } of db
    .prepare('select id, version, outline from package_version')
    .all() as { id: string; version: string; outline: string }[]) {
    const told = JSON.parse(outline) as Outline
    told.certificate = { requiredShare: 0.1, passed: [] }
    for (const item of told.modules.flatMap(({ items }) => items)) {
      item.depth = item.path === 'strategi/visjon' ? 'required' : 'fordjuping'
    }
    db.prepare('update package_version set outline = ? where id = ? and version = ?').run(
      JSON.stringify(told),
      id,
      version,
    )
  }
  db.close()
  await server.start()
}

describe('a certificate', () => {
  it('is had when enough is done, downloaded, and found true by whoever has its code', async () => {
    const world = await newWorld()
    await makeEasy(world)
    const traveller = await world.openBrowser()
    const { page } = traveller
    await signIn(page, world.gate.origin, 'demo-deltakar-stord')
    await follow(page, '/meg')
    await page.getByText('Før du kan få det:').waitFor()
    await follow(page, '/del/strategi/visjon')
    await button(page, 'Ferdig lese').click()
    await page.getByText('Ferdig', { exact: true }).first().waitFor()
    await follow(page, '/meg')
    await button(page, 'Lag kursbevis').click()
    await page.getByText(/^Utferda/).waitFor()
    const coming = page.waitForEvent('download')
    await button(page, 'Last ned PDF').click()
    const file = await (await coming).path()
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
    const code = (await page.locator('a[href^="/kursbevis/"]').textContent()) ?? ''
    expect(code).toMatch(/^([2-9B-Z]{4}-){4}[2-9B-Z]{4}$/)
    await page.context().clearCookies()
    await traveller.close()

    const stranger = (await world.openBrowser()).page
    await stranger.goto(`${world.gate.origin}/kursbevis`)
    await stranger.getByLabel('Kode').fill(code.toLowerCase().replaceAll('-', ' '))
    await button(stranger, 'Sjekk').click()
    await heading(stranger, 'Kursbeviset er ekte').waitFor()
    await stranger.getByText(/^Kommunedirektør, Stord har gjennomført/).waitFor()
    expect(await faults(stranger)).toEqual([])
    await stranger.goto(`${world.gate.origin}/kursbevis/2345-6789-BCDF-GHJK-MNPQ`)
    await heading(stranger, 'Vi kjenner ikkje koden').waitFor()
  })
})

describe('the calendar of /meg', () => {
  it('is made once, renewed after a question, and the old address ends', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await signIn(page, world.gate.origin, 'demo-deltakar-stord')
    await follow(page, '/meg')
    await button(page, 'Lag adressa til kalenderen').click()
    const field = page.getByLabel('Adressa til kalenderen din')
    const first = await field.inputValue()
    expect((await fetch(first)).status).toBe(200)
    expect(await page.getByRole('link', { name: 'Opne i kalenderen' }).getAttribute('href')).toBe(
      first.replace('http:', 'webcal:'),
    )
    expect(await faults(page)).toEqual([])
    await button(page, 'Lag ny adresse').click()
    await button(page, 'Ja, lag ny adresse').click()
    await page.waitForFunction(
      (old) => document.querySelector<HTMLInputElement>('input[readonly]')?.value !== old,
      first,
    )
    expect((await fetch(first)).status).toBe(404)
    expect((await fetch(await field.inputValue())).status).toBe(200)
  })
})

describe('what axe finds', () => {
  it.each([
    { width: 390, scheme: 'light' },
    { width: 820, scheme: 'dark' },
    { width: 1280, scheme: 'dark' },
  ] as const)('is nothing at $width px in $scheme', async ({ width, scheme }) => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await signIn(page, world.gate.origin, 'demo-administrator')
    const found: Record<string, string[]> = {}
    for (const path of ['/', '/samling/samling-1', '/admin/samlingar', '/kursbevis', '/meg']) {
      await follow(page, path)
      await page.locator('#content h1').first().waitFor()
      found[path] = await faults(page)
    }
    await follow(page, form)
    await page.getByLabel('Siste dag', { exact: true }).fill('2020-01-01')
    await button(page, 'Legg til i programmet').click()
    await button(page, 'Lagre').click()
    await page.getByText('Dette er før samlinga begynner.').waitFor()
    found[form] = await faults(page)
    expect(Object.fromEntries(Object.entries(found).filter(([, some]) => some.length > 0))).toEqual(
      {},
    )
  })
})
