import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { OwnData } from '../../src/shared/domain/own-data.ts'
import { faults } from './harness/look.ts'
import { firstAnswer, follow, patience, saysSomewhere, waitUntilAllSent } from './harness/steps.ts'
import { newTraveller, newWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

const code = 'demo-deltakar-stord'
const task = '/del/strategi/seie-nei'
const groupTask = '/del/strategi/utfordringa'
const devices = (page: Page) => page.locator('.device-list li')
const downloaded = async (page: Page, name: string): Promise<{ name: string; text: string }> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ])
  return {
    name: download.suggestedFilename(),
    text: readFileSync(await download.path(), 'utf8'),
  }
}

describe('somebody with two devices', () => {
  it('signs one of them out: it asks to sign in, and keeps and sends its unsent words', async () => {
    const { world, page, origin } = await newTraveller(code)
    const tablet = await world.openBrowser()
    await signIn(tablet.page, origin, code)
    await waitUntilOfflineReady(tablet.page)

    await follow(page, '/meg')
    await expect.poll(() => devices(page).count(), patience).toBe(2)
    await devices(page).getByText('Denne eininga').waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Logg ut Chrome på Linux' }).click()
    await saysSomewhere(page, 'Vil du logge ut Chrome på Linux?')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Logg ut no' }).click()
    await expect.poll(() => devices(page).count(), patience).toBe(1)

    await follow(tablet.page, task)
    await firstAnswer(tablet.page).fill('Skrive etter at eininga vart logga ut')
    await saysSomewhere(tablet.page, 'Logg inn for å sende')
    await follow(page, task)
    expect(await firstAnswer(page).inputValue()).toBe('')

    await signIn(tablet.page, origin, code)
    await follow(page, '/')
    await follow(page, task)
    await expect
      .poll(() => firstAnswer(page).inputValue(), { ...patience, timeout: 30_000 })
      .toBe('Skrive etter at eininga vart logga ut')
  })

  it('signs a lost one out: opened with a network it locks itself, and nothing of theirs is read there', async () => {
    const { world, page, origin } = await newTraveller(code)
    await follow(page, task)
    await firstAnswer(page).fill('Berre for meg')
    await waitUntilAllSent(page)
    const lost = await world.openBrowser()
    await signIn(lost.page, origin, code)
    await waitUntilOfflineReady(lost.page)
    await follow(lost.page, task)
    await expect.poll(() => firstAnswer(lost.page).inputValue(), patience).toBe('Berre for meg')

    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Logg ut Chrome på Linux' }).click()
    await page.getByRole('button', { name: 'Logg ut no' }).click()
    await expect.poll(() => devices(page).count(), patience).toBe(1)

    await lost.page.reload()
    await lost.page.getByRole('heading', { level: 1, name: 'Velkomen om bord' }).waitFor(patience)
    const stored = (await lost.page.evaluate(() => indexedDB.databases())).map(({ name }) => name)
    expect(stored.filter((name) => name?.includes('deltakar-stord'))).toEqual([])
    world.gate.cut()
    await lost.page.reload()
    await lost.page.getByRole('heading', { level: 1, name: 'Velkomen om bord' }).waitFor(patience)
  })

  it('takes out all that is stored, and the files hold every word that is sent', async () => {
    const { world, page } = await newTraveller(code)
    await follow(page, task)
    await firstAnswer(page).fill('Ordet som skal med')
    await waitUntilAllSent(page)
    await follow(page, groupTask)
    await firstAnswer(page).fill('Ordet i gruppa')
    await waitUntilAllSent(page)
    await follow(page, '/meg')
    const data = await downloaded(page, 'Last ned som data')
    expect(data.name).toBe('loft-eigne-data.json')
    const { words, person, devices: known } = JSON.parse(data.text) as OwnData
    expect(person.name).toBe('Kommunedirektør, Stord')
    expect(known.length).toBe(1)
    const texts = words.flatMap(({ kind, answers }) => answers.map(({ text }) => [kind, text]))
    expect(texts).toContainEqual(['own', 'Ordet som skal med'])
    expect(texts).toContainEqual(['group', 'Ordet i gruppa'])
    const file = await downloaded(page, 'Last ned til å lese')
    expect(file.name).toBe('loft-eigne-data.html')
    for (const mark of ['Ordet som skal med', 'Ordet i gruppa', 'Chrome, Linux'])
      expect(file.text).toContain(mark)

    // What is not sent is told of, and is in the file of this device.
    world.gate.cut()
    await follow(page, '/del/strategi/visjon')
    await page.getByRole('textbox', { name: /Notatet ditt/ }).fill('Ikkje sendt enno')
    await saysSomewhere(page, /^Lagra på eininga kl\./)
    await follow(page, '/meg')
    await saysSomewhere(page, 'Det du har skrive i éin del, er ikkje sendt enno, og er ikkje med.')
    const here = await downloaded(page, 'Last ned fila')
    expect(here.text).toContain('Ikkje sendt enno')
    await page.getByRole('button', { name: 'Last ned som data' }).click()
    await saysSomewhere(page, 'Vi fekk ikkje henta alt.')
  })

  it('erases themselves: both devices forget, and the group’s words stay without the name', async () => {
    const { world, page, origin } = await newTraveller(code)
    await follow(page, task)
    await firstAnswer(page).fill('Ordet som skal bort')
    await follow(page, groupTask)
    await firstAnswer(page).fill('Ordet som blir verande')
    await waitUntilAllSent(page)
    const tablet = await world.openBrowser()
    await signIn(tablet.page, origin, code)
    await waitUntilOfflineReady(tablet.page)
    await follow(tablet.page, '/notat')
    await saysSomewhere(tablet.page, 'Ordet som skal bort')

    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Slett meg og det eg har skrive' }).click()
    await saysSomewhere(page, /Det er gruppa sitt/)
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Ikkje slett' }).click()
    await page.getByRole('button', { name: 'Slett meg og det eg har skrive' }).click()
    await page.getByRole('button', { name: 'Slett alt no' }).click()
    await page.getByRole('heading', { name: 'Velkomen om bord' }).waitFor()
    const stored = (one: Page) =>
      one.evaluate(async () => {
        const all = await indexedDB.databases()
        return all.map(({ name }) => name).filter((name) => name?.startsWith('loft-words'))
      })
    expect(await stored(page)).toEqual([])
    await tablet.page.reload()
    await expect.poll(() => tablet.page.getByText('Ordet som skal bort').count(), patience).toBe(0)

    const group = await world.openBrowser()
    await signIn(group.page, origin, 'demo-gruppe-stord')
    await follow(group.page, groupTask)
    await saysSomewhere(group.page, 'Ordet som blir verande')
    expect(await group.page.getByText('Kommunedirektør, Stord').count()).toBe(0)
    await follow(group.page, '/meg')
    await group.page.getByRole('button', { name: 'Logg ut', exact: true }).first().waitFor()
    for (const name of ['Slett meg og det eg har skrive', 'Last ned som data'])
      expect(await group.page.getByRole('button', { name }).count()).toBe(0)
  })

  it('who is the last administrator is told why they cannot be erased', async () => {
    const { page } = await newTraveller('demo-administrator')
    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Slett meg og det eg har skrive' }).click()
    await page.getByRole('button', { name: 'Slett alt no' }).click()
    await page
      .getByRole('alert')
      .getByText(/Du er den einaste administratoren/)
      .waitFor()
  })
})

describe('how Løft looks after people', () => {
  it.each([
    { width: 390, scheme: 'light' },
    { width: 1280, scheme: 'dark' },
  ] as const)('is read without signing in, at $width px in $scheme', async ({ width, scheme }) => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.goto(`${world.gate.origin}/inn`)
    await page.getByRole('link', { name: 'Slik tek vi vare på deg' }).click()
    await page.getByRole('heading', { name: 'Slik tek vi vare på deg' }).waitFor()
    expect(await page.title()).toMatch(/^Slik tek vi vare på deg/)
    expect(await faults(page)).toEqual([])
    await saysSomewhere(page, 'Svar for deg sjølv')
    await page.getByRole('button', { name: 'Bokmål' }).click()
    await page.getByRole('heading', { name: 'Slik tar vi vare på deg' }).waitFor()
    await saysSomewhere(page, 'Svar for deg selv')
    await page.getByRole('link', { name: 'Til innloggingen' }).click()
    await page.getByRole('textbox', { name: 'Kode' }).waitFor()
    // The only cookie there may be comes with a session.
    expect(await page.context().cookies()).toEqual([])
  })

  it('leads back to one’s own page when signed in, also without a network', async () => {
    const { world, page } = await newTraveller(code)
    world.gate.cut()
    await follow(page, '/meg')
    await page.getByRole('link', { name: 'Slik tek vi vare på deg' }).click()
    await page.getByRole('heading', { name: 'Slik tek vi vare på deg' }).waitFor()
    await page.getByRole('link', { name: 'Gå til «Om meg»' }).click()
    await saysSomewhere(page, 'Vi fekk ikkje henta lista over einingar.')
    const cookies = await page.context().cookies()
    expect(cookies.map(({ name, httpOnly }) => [name, httpOnly])).toEqual([['loft_session', true]])
  })
})
