import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { importPeople } from '../../src/server/people/people-file/import-people.ts'
import { sqliteStore } from '../../src/server/store/sqlite.ts'
import { openLedger } from '../../src/server/words/ledger.ts'
import { faults } from './harness/look.ts'
import { expectValue, follow, patience } from './harness/steps.ts'
import { newWorld, signIn, type World } from './harness/world.ts'

const cohort = 'vestland-1-kull-1'
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** The first cohort of the sample file, beside the people of the demonstration. */
const bringPeople = async (world: World, count: number): Promise<void> => {
  const { data } = world.server
  const store = sqliteStore(new DatabaseSync(join(data, 'loft.sqlite')))
  const file = readFileSync('tests/fixtures/people/vestland-200.csv', 'utf8')
  const bytes = Buffer.from(
    file
      .split('\r\n')
      .slice(0, count + 1)
      .join('\r\n'),
  )
  const deps = {
    now: Date.now,
    newEpoch: () => 1,
    ledger: openLedger(join(data, 'erased.ndjson')),
  }
  const done = await store.write((db) =>
    importPeople(db, deps, { network: 'vestland', by: null, bytes }),
  )
  await store.close()
  expect(done?.preview.counts).toMatchObject({ new: count, problems: 0 })
}

const openAdministrator = async (world: World) => {
  const { page } = await world.openBrowser()
  await signIn(page, world.gate.origin, 'demo-administrator')
  return page
}

const setSeats = async (page: Page, seats: number): Promise<void> => {
  await follow(page, `/admin/kull/${cohort}`)
  await page.getByLabel('Plassar').fill(String(seats))
  await button(page, 'Lagre').click()
  await page.getByText('Lagra', { exact: true }).waitFor()
}

describe('the groups of a gathering', () => {
  it('are proposed, changed by keyboard, undone, saved, and found again by those who sit there', async () => {
    const world = await newWorld()
    await bringPeople(world, 30)
    const page = await openAdministrator(world)
    await follow(page, '/admin/grupper')
    await heading(page, 'Gruppene i Kull 1').waitFor()
    await page.getByRole('link', { name: /Samling 1/ }).click()
    await heading(page, /^Gruppene på/).waitFor()
    await button(page, 'Lag framlegg').waitFor()
    expect(await page.getByText('Ikkje lagra enno').count()).toBe(0)
    await button(page, 'Lag framlegg').focus()
    await page.keyboard.press('Enter')
    await button(page, 'Bruk desse gruppene').waitFor()
    await page.getByText(/sit ikkje heilt som ønskt/).click()
    await page
      .getByText(/Tenesteområdet er ikkje oppgitt/)
      .first()
      .waitFor()

    // By keyboard alone: the chooser, another group, and the focus goes along.
    const name = 'Kommunedirektør, Stord'
    const groupOf = () => page.locator('.group-card', { hasText: name }).locator('input')
    const before = await groupOf().inputValue()
    await button(page, `Flytt ${name}`).focus()
    await page.keyboard.press('Enter')
    const choice = page.getByLabel(`Flytt ${name} til`)
    const [to = ''] = await choice.locator('option:not([disabled])').allTextContents()
    await choice.selectOption({ label: to })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expectValue(groupOf(), to)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), patience)
      .toBe(`Flytt ${name}`)
    await button(page, 'Angre').click()
    await expectValue(groupOf(), before)

    const table = page.locator('.group-card').first().locator('input')
    await table.fill('Bordet ved vindauget')
    await table.press('Tab')
    await button(page, 'Bruk desse gruppene').click()
    await page.getByText('Lagra', { exact: true }).waitFor()
    await page.reload()
    await expectValue(page.locator('.group-card').first().locator('input'), /./)
    expect(
      await page
        .locator('.group-card input')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    ).toContain('Bordet ved vindauget')
    expect(await button(page, 'Bruk desse gruppene').count()).toBe(0)

    // A proposal once more moves nobody.
    await button(page, 'Lag framlegg').click()
    await page.getByText('Dette er gruppene slik dei er lagra.').waitFor()

    const mine = await groupOf().inputValue()
    const leader = (await world.openBrowser()).page
    await signIn(leader, world.gate.origin, 'demo-deltakar-stord')
    await follow(leader, '/gruppe')
    await leader.getByText('Leiargruppa, Stord').first().waitFor()
    await leader.getByText(mine).first().waitFor()

    // Each of the two has a sheet of its own.
    await leader.locator('a[href^="/del/"][href*="gruppe="]').first().click()
    const which = leader.getByRole('navigation', { name: 'Kva gruppe de skriv i' })
    await which.getByRole('link', { name: mine, exact: true }).waitFor()
    const field = async () => {
      await button(leader, 'Neste steg').click() // the first step is a scale
      return leader.locator('.q-g').getByRole('textbox').first()
    }
    await (await field()).fill('Skrive ved bordet')
    await which.getByRole('link', { name: 'Leiargruppa, Stord' }).click()
    await leader.getByText('Leiargruppa, Stord ser svara.').waitFor()
    await expectValue(await field(), '')
    await which.getByRole('link', { name: mine, exact: true }).click()
    await leader.getByText(`${mine} ser svara.`).waitFor()
    await expectValue(await field(), 'Skrive ved bordet')
  })

  it('are moved with the mouse too, and named in what is printed', async () => {
    const world = await newWorld()
    await bringPeople(world, 12)
    const page = await openAdministrator(world)
    await follow(page, `/admin/grupper/${cohort}/samling-1`)
    await button(page, 'Lag framlegg').click()
    const cards = page.locator('.group-card')
    await expect.poll(() => cards.count(), patience).toBeGreaterThan(1)
    const person = cards.nth(0).locator('.seat').first()
    const name = await person.locator('b').textContent()
    await person.dragTo(cards.nth(1).locator('.seat').first())
    await cards
      .nth(1)
      .getByText(name ?? '', { exact: true })
      .waitFor()
    expect(
      await cards
        .nth(0)
        .getByText(name ?? '', { exact: true })
        .count(),
    ).toBe(0)
    await button(page, 'Bruk desse gruppene').click()
    await page.getByText('Lagra', { exact: true }).waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.locator('.door-list').waitFor()
    expect(await page.locator('.door-list').textContent()).toContain(name ?? '')
    expect(await button(page, 'Lag framlegg').isVisible()).toBe(false)
  })
})

describe('a municipality', () => {
  it('registers its people by a link, one waits, and is let in', async () => {
    const world = await newWorld()
    const page = await openAdministrator(world)
    await setSeats(page, 4) // three are taken
    await follow(page, '/admin/paamelding')
    await heading(page, 'Påmelding til Kull 1').waitFor()
    await page.getByLabel('Kommune').selectOption({ label: 'Stord' })
    await button(page, 'Lag lenkja').click()
    const link = page.getByRole('textbox', { name: 'Lenkja til Stord' })
    await link.waitFor()
    const url = await link.inputValue()
    await page.reload()
    await page.getByText('open til og med').waitFor()
    expect(await page.content()).not.toContain(url.split('/').at(-1))

    const { page: guest } = await world.openBrowser()
    await guest.goto(url)
    await guest.getByText('1 av 4 plassar att.', { exact: false }).waitFor()
    await guest.getByText('Førde', { exact: false }).first().waitFor()
    await guest.getByLabel('Namn').fill('IKT-leiar, Stord')
    await guest.getByLabel('E-post').fill('ikt')
    await guest.getByLabel('Namn').press('Enter')
    await guest.getByLabel('Namn').nth(1).pressSequentially('HR-leiar, Stord')
    await button(guest, 'Meld på').click()
    await guest.getByText('Dette er inga e-postadresse').waitFor()
    await expect
      .poll(() => guest.evaluate(() => document.activeElement?.getAttribute('aria-invalid')))
      .toBe('true')
    // What is typed is there after a reload.
    await guest.reload()
    await expectValue(guest.getByLabel('Namn').nth(1), 'HR-leiar, Stord')
    for (const [index, email] of ['ikt@stord.example', 'hr@stord.example'].entries()) {
      await guest.getByLabel('E-post').nth(index).fill(email)
      await guest.getByLabel('Målgruppe').nth(index).selectOption({ index: 2 })
    }
    // No answer comes: it waits on the device, and is sent again as it was.
    world.gate.cut()
    await button(guest, 'Meld på').click()
    await guest.getByText('ingen blir meld på to gonger', { exact: false }).waitFor()
    world.gate.restore()
    await guest.reload()
    await button(guest, 'Send på nytt').click()
    await guest.getByRole('heading', { name: 'Påmeldinga er motteken' }).waitFor()
    const part = (title: string) =>
      guest.locator('.registration-done ul', { has: guest.locator('li') }).filter({
        has: guest.locator(`xpath=preceding-sibling::h3[1][contains(., "${title}")]`),
      })
    await part('Har fått plass').getByText('IKT-leiar, Stord').waitFor()
    await part('Står på venteliste').getByText('HR-leiar, Stord').waitFor()
    await guest.getByText('Alle dei 4 plassane er tekne', { exact: false }).waitFor()
    expect(await guest.evaluate(() => JSON.stringify(localStorage))).not.toContain('stord.example')
    await guest.reload()
    await expectValue(guest.getByLabel('Namn'), '')
    expect((await guest.context().cookies()).map(({ name }) => name)).not.toContain('loft_session')

    await follow(page, '/admin/paamelding/')
    await follow(page, `/admin/paamelding/${cohort}`)
    await page.getByText('HR-leiar, Stord').waitFor()
    expect(await button(page, 'Ta inn HR-leiar, Stord').count()).toBe(0)
    await setSeats(page, 5)
    await follow(page, `/admin/paamelding/${cohort}`)
    await button(page, 'Ta inn HR-leiar, Stord').click()
    await page.getByText('HR-leiar, Stord har fått plass.', { exact: false }).waitFor()
    await page.getByText('Ingen ventar.').waitFor()
    await button(page, 'Lukk lenkja til Stord').click()
    await button(page, 'Ja, lukk for Stord').click()
    await page.getByText('lukka', { exact: false }).first().waitFor()
    await guest.reload()
    await guest.getByText('Lenkja er lukka.', { exact: false }).waitFor()
    await follow(page, '/admin/logg')
    await page.getByText('Stord melde på folk: 1 fekk plass, 1 står på ventelista.').waitFor()
    await page.getByText(/tok inn HR-leiar, Stord frå ventelista/).waitFor()
  })
})

const looks = [
  { width: 390, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
] as const

describe('what axe finds on groups and registration', () => {
  it.each(looks)('is nothing at $width px in $scheme', async ({ width, scheme }) => {
    const world = await newWorld()
    await bringPeople(world, 30)
    const page = await openAdministrator(world)
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const found: Record<string, string[]> = {}
    await follow(page, `/admin/grupper/${cohort}`)
    await page.locator('summary').first().click()
    await button(page, /^Flytt/)
      .first()
      .click()
    found.groups = await faults(page)
    await follow(page, `/admin/grupper/${cohort}/samling-1`)
    await button(page, 'Lag framlegg').click()
    await page.getByText(/sit ikkje heilt som ønskt/).click()
    await button(page, /^Flytt/)
      .first()
      .click()
    found.gathering = await faults(page)
    await follow(page, `/admin/paamelding/${cohort}`)
    await page.getByLabel('Kommune').selectOption({ label: 'Stord' })
    await button(page, 'Lag lenkja').click()
    const link = page.getByRole('textbox', { name: 'Lenkja til Stord' })
    await link.waitFor()
    found.links = await faults(page)
    await follow(page, new URL(await link.inputValue()).pathname)
    await button(page, 'Legg til ein person').click()
    await button(page, 'Meld på').click()
    await page.getByText('Skriv namnet').first().waitFor()
    found.registration = await faults(page)
    expect(found).toEqual({ groups: [], gathering: [], links: [], registration: [] })
  })
})
