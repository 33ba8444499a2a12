import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chunkCacheName } from '../../src/shared/media/chunk-cache.ts'
import {
  expectValue,
  firstAnswer,
  follow,
  patience,
  plainSpaces,
  saysSomewhere,
  waitUntilAllSent,
} from './harness/steps.ts'
import { newTraveller } from './harness/world.ts'

const person = 'demo-deltakar-stord'
const task = '/del/strategi/seie-nei'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const banner = async (page: Page): Promise<string> =>
  plainSpaces(await page.getByRole('banner').innerText())
const pieces = (page: Page): Promise<number> =>
  page.evaluate(async (name) => {
    const keys = await (await caches.open(name)).keys()
    return keys.filter(({ url }) => url.includes('/chunks/')).length
  }, chunkCacheName)
const toModule = async (page: Page): Promise<void> => {
  await follow(page, '/modul/strategi')
  await page.locator('.dl-box').waitFor()
}
const toDevice = async (page: Page): Promise<void> => {
  await follow(page, '/eininga')
  await page.getByRole('heading', { name: 'Del for del' }).waitFor()
}
/** As if the browser told of this network. */
const onNetwork = (page: Page, type: string) =>
  page.addInitScript((told) => {
    const connection = Object.assign(new EventTarget(), { type: told })
    Object.defineProperty(navigator, 'connection', { value: connection })
  }, type)

describe('a module on its way to the device', () => {
  it('is paused, goes on, is cancelled with its pieces left, kept, and freed without a word lost', async () => {
    const { world, page } = await newTraveller(person)
    await follow(page, task)
    await firstAnswer(page).fill('Det som står her, blir ståande.')
    await waitUntilAllSent(page)

    await toModule(page)
    expect(plainSpaces(await page.locator('.dl-box').innerText())).toMatch(
      /^Last ned heile modulen, 4,7 MB/,
    )
    world.gate.slow(400_000)
    await button(page, /^Last ned heile modulen/).click()
    await expect.poll(() => pieces(page), patience).toBeGreaterThan(0)
    // Whoever is on another page knows that something is under way there too.
    expect(await banner(page)).toMatch(/Lastar ned, \d+ %/)

    await button(page, /^Pause, /).click()
    await saysSomewhere(page, 'Pause. Det som er kome, ligg på eininga.')
    expect(await banner(page)).toContain('Nedlasting ventar')
    const paused = await pieces(page)
    await page.reload()
    await button(page, /^Hald fram, /).waitFor()
    const held = await pieces(page)
    expect(held).toBeGreaterThanOrEqual(paused) // those that were under way may have come

    await button(page, /^Hald fram, /).click()
    await button(page, /^Pause, /).waitFor()
    await button(page, 'Avbryt').click()
    await button(page, /^Last ned heile modulen/).waitFor()
    await saysSomewhere(page, /ligg her frå før\./)
    expect(await pieces(page)).toBeGreaterThanOrEqual(held)

    world.gate.slow(null)
    await button(page, /^Last ned heile modulen/).click()
    await button(page, /^Heile modulen på eininga, /).waitFor()

    await toDevice(page)
    const podcasts = page.locator('.part-row', { hasText: 'Podkastane' })
    await expect
      .poll(async () => plainSpaces(await podcasts.innerText()), patience)
      .toContain('1 av 4 på eininga')
    for (const part of ['Forarbeid til Førde', 'Podkastane']) {
      await button(page, `Fjern: ${part}`).click()
      await button(page, 'Fjern frå eininga').click()
      await button(page, `Last ned: ${part}`).waitFor()
    }
    await saysSomewhere(page, /^Ingen film eller lyd er lasta ned\./)
    expect(await pieces(page)).toBe(0)

    world.gate.cut()
    await follow(page, task)
    await expectValue(firstAnswer(page), 'Det som står her, blir ståande.')
  })

  it('is asked about once more before it is taken away, and may be left', async () => {
    const { page } = await newTraveller(person)
    await toModule(page)
    await button(page, /^Last ned heile modulen/).click()
    await button(page, /^Heile modulen på eininga, /).click()
    await button(page, 'La det liggje').click()
    await button(page, /^Heile modulen på eininga, /).waitFor()
    expect(await pieces(page)).toBeGreaterThan(3)

    await button(page, /^Heile modulen på eininga, /).click()
    await button(page, 'Fjern frå eininga').click()
    await button(page, /^Last ned heile modulen, /).waitFor()
    await expect.poll(() => pieces(page), patience).toBe(0)
    // Whoever uses the keyboard is still where they were.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Last ned/)
  })

  it('is followed in the queue, where one of its films is left out', async () => {
    const { world, page } = await newTraveller(person)
    await toModule(page)
    world.gate.slow(300_000)
    await button(page, /^Last ned heile modulen/).click()
    await button(page, /^Pause, /).waitFor()
    await toDevice(page)
    const queue = page.getByRole('region', { name: 'Nedlasting' })
    await expect.poll(() => queue.getByRole('listitem').count(), patience).toBe(2)
    await button(page, 'Avbryt Tre kommunar om éin alarm').click()
    await expect.poll(() => queue.getByRole('listitem').count(), patience).toBe(1)
    world.gate.slow(null)
    await queue.waitFor({ state: 'detached' })
    await button(page, /^Forarbeid til Førde/).click()
    await button(page, 'Fjern: Éin innbyggjar, mange tenester').waitFor()
  })
})

describe('the line', () => {
  it('has one mark for the leg, and single ones only where it is mixed', async () => {
    const { page } = await newTraveller(person)
    await page.setViewportSize({ width: 390, height: 844 })
    await follow(page, '/')
    const leg = page.locator('[data-stop].own', { hasText: 'Forarbeid til Førde' })
    const film = page.locator('.stop.sub', { hasText: 'Éin innbyggjar, mange tenester' })
    await expect
      .poll(async () => plainSpaces(await leg.innerText()), patience)
      .toMatch(/Ikkje på eininga, \d,\d MB$/)
    expect(await film.innerText()).not.toContain('på eininga')

    await follow(page, '/del/strategi/ein-innbyggjar')
    await button(page, /^Last ned, /).click()
    await button(page, /^På eininga, /).waitFor()
    await follow(page, '/')
    await leg.getByText('1 av 4 på eininga').waitFor()
    await film.getByText('På eininga', { exact: true }).waitFor()
  })
})

describe('a person who saves mobile data', () => {
  it('has downloads wait for wifi, and may use the mobile network after all', async () => {
    const { page } = await newTraveller(person)
    await onNetwork(page, 'cellular')
    await page.reload()
    await toDevice(page)
    await page.getByText('Berre på wifi').click()
    await toModule(page)
    await button(page, /^Last ned heile modulen/).click()
    await saysSomewhere(page, /^Du har valt å laste ned berre på wifi\./)
    expect(await pieces(page)).toBe(0)
    await button(page, /^Bruk mobilnettet, /).click()
    await button(page, /^Heile modulen på eininga, /).waitFor()
    await toDevice(page)
    expect(await page.getByRole('switch', { name: /^Berre på wifi/ }).isChecked()).toBe(false)
  })

  it('is told where the browser does not know the network', async () => {
    const { page } = await newTraveller(person)
    await toDevice(page)
    await saysSomewhere(page, /^Denne nettlesaren fortel ikkje om du er på wifi/)
    expect(await page.getByRole('switch').count()).toBe(0)
  })
})

describe('a film that was watched and not asked for', () => {
  it('lies on the storage page by itself, and all such room is freed at one tap', async () => {
    const { page } = await newTraveller(person)
    await follow(page, '/del/strategi/ein-innbyggjar')
    await button(page, 'Spel av').last().click()
    await expect.poll(() => pieces(page), patience).toBeGreaterThan(0)
    await toDevice(page)
    const left = page.getByRole('region', { name: 'Ligg att etter at du såg det' })
    await left.getByText('Éin innbyggjar, mange tenester').waitFor()
    // The dock plays on: what is being watched would be fetched again.
    await button(page, 'Lukk spelaren').click()
    await left.getByRole('button', { name: /^Frigjer alt dette, / }).click()
    await saysSomewhere(page, /^Ingenting\. Det du ser utan å laste ned/)
    expect(await pieces(page)).toBe(0)
  })
})
