import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faults } from './harness/look.ts'
import { expectValue, follow, patience, tellOnline } from './harness/steps.ts'
import { newTraveller, newWorld, signIn } from './harness/world.ts'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const article = '/del/strategi/visjon'
const says = 'Lenkja i tredje avsnitt går ingen stad.'

describe('an administrator', () => {
  it('sees how the cohort stands, changes it, decides when all is erased, and finds it in the log', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    const { origin } = world.gate
    await signIn(page, origin, 'demo-administrator')
    await page.getByRole('button', { name: 'Meny' }).click()
    await page.getByRole('link', { name: 'Administrasjon' }).click()
    await heading(page, /av 50 plassar er tekne/).waitFor()
    const row = page.getByRole('row', { name: /Kull 1/ })
    await row.getByText('Førde', { exact: false }).waitFor()

    await row.getByRole('link', { name: 'Kull 1' }).click()
    await heading(page, 'Kull 1').waitFor()
    await page.getByLabel('Plassar').fill('45')
    await page.getByRole('button', { name: 'Lagre' }).click()
    await page.getByText('Lagra', { exact: true }).waitFor()

    const sections = page.getByRole('navigation', { name: 'Administrasjon' })
    await sections.getByRole('link', { name: 'Oppsett' }).click()
    await page.getByLabel('Siste dag').fill('2099-03-31')
    await page.getByLabel('Månader før alt blir sletta').fill('11')
    await page.getByText(/^28\. februar 2100 blir \d+ personar og alt dei har skrive/).waitFor()
    await page.getByRole('button', { name: 'Lagre' }).last().click()
    await page.getByText('Lagra', { exact: true }).waitFor()

    await sections.getByRole('link', { name: 'Logg' }).click()
    await page.getByText('Administrator, Vestland endra Kull 1: 45 plassar.').waitFor()
    await page.getByText(/alt blir sletta 11 månader etter/).waitFor()
    await sections.getByRole('link', { name: 'Oversyn' }).click()
    await heading(page, /av 45 plassar er tekne/).waitFor()
  })

  it('is told when there is no network, and goes on when there is', async () => {
    const { world, page } = await newTraveller('demo-administrator')
    await follow(page, '/admin')
    await heading(page, /plassar er tekne/).waitFor()
    await page.waitForLoadState('networkidle') // the other pages of administration are here
    world.gate.cut()
    await follow(page, '/admin/kull/vestland-1-kull-1')
    await page
      .getByText(/Vi når ikkje Løft no/)
      .first()
      .waitFor()
    world.gate.restore()
    await page.getByRole('button', { name: 'Prøv igjen' }).first().click()
    await heading(page, 'Kull 1').waitFor()
  })
})

describe('somebody who is not', () => {
  it('finds nothing there, and no way to it', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await signIn(page, world.gate.origin, 'demo-deltakar-stord')
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
    await page.getByRole('button', { name: 'Meny' }).click()
    expect(await page.getByRole('link', { name: 'Administrasjon' }).count()).toBe(0)
    for (const path of ['/admin', '/admin/logg', '/admin/kull/vestland-1-kull-1']) {
      await follow(page, path)
      await heading(page, 'Denne sida er ikkje med på turen').waitFor()
    }
    expect(loaded.filter((path) => path.startsWith('/api/v1/admin'))).toEqual([])
  })
})

describe('a mistake in the text', () => {
  it('is told of without a network, waits over a reload, and comes to the editor when there is one', async () => {
    const { world, page, origin } = await newTraveller('demo-deltakar-stord')
    await follow(page, article)
    world.gate.cut()
    const open = () => page.getByRole('button', { name: 'Meld frå om feil' }).click()
    const field = page.getByLabel('Kva er feil, og kvar står det?')
    await open()
    await field.fill(says)
    await page.reload()
    await open()
    await expectValue(field, says)
    await page.getByRole('button', { name: 'Send meldinga' }).click()
    await page.getByText('går av seg sjølv når du får nett').waitFor()
    await page.getByRole('button', { name: 'Lukk' }).last().click()
    await page.getByText('Ikkje sendt enno').first().waitFor()

    world.gate.restore()
    await page.reload()
    await tellOnline(page)
    await expect.poll(() => page.getByText('Ikkje sendt enno').count(), { timeout: 30_000 }).toBe(0)
    await open()
    await expectValue(field, '')

    const editor = (await world.openBrowser()).page
    await signIn(editor, origin, 'demo-redaktor')
    await follow(editor, '/admin')
    await heading(editor, 'Meldingar om feil').waitFor()
    await editor.getByText(says).waitFor()
    expect(await editor.getByText(says).count()).toBe(1)
    await editor.getByRole('button', { name: 'Lukk meldinga' }).click()
    await editor.getByText(/Meldinga er lukka/).waitFor()
    await editor.reload()
    await editor.getByText('Ingen meldingar ventar').waitFor()
  })

  it('is not shown to whoever signs in after, and waits for its writer', async () => {
    const { world, page, origin } = await newTraveller('demo-deltakar-stord')
    await follow(page, article)
    world.gate.cut()
    await page.getByRole('button', { name: 'Meld frå om feil' }).click()
    await page.getByLabel('Kva er feil, og kvar står det?').fill(says)
    world.gate.restore()
    await page.goto(origin)
    await signIn(page, origin, 'demo-fasilitator')
    await follow(page, article)
    await page.getByRole('button', { name: 'Meld frå om feil' }).click()
    await expectValue(page.getByLabel('Kva er feil, og kvar står det?'), '')
    await signIn(page, origin, 'demo-deltakar-stord')
    await follow(page, article)
    await page.getByText('Du har byrja på ei melding').waitFor()
  })
})

const pages = {
  overview: '/admin',
  cohort: '/admin/kull/vestland-1-kull-1',
  contacts: '/admin/kontaktar',
  people: '/admin/folk',
  import: '/admin/importer',
  reports: '/admin/meldingar',
  log: '/admin/logg',
  settings: '/admin/oppsett',
}
const looks = [
  { width: 390, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
] as const

describe('what axe finds on the pages of administration', () => {
  it.each(looks)('is nothing at $width px in $scheme', async ({ width, scheme }) => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await signIn(page, world.gate.origin, 'demo-administrator')
    const found: Record<string, string[]> = {}
    for (const [name, path] of Object.entries(pages)) {
      await follow(page, path)
      await page.locator('#content h1').first().waitFor()
      await expect.poll(() => page.locator('.late').count(), patience).toBe(0)
      if (name === 'contacts') await page.getByRole('button', { name: 'Ny kontaktperson' }).click()
      if (name === 'settings') await page.getByRole('button', { name: 'Ny gjennomføring' }).click()
      found[name] = await faults(page)
    }
    await follow(page, article)
    await page.getByRole('button', { name: 'Meld frå om feil' }).click()
    found['report dialog'] = await faults(page)
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])))
  })
})
