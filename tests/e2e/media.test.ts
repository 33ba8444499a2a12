import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chunkCacheName } from '../../src/shared/media/chunk-cache.ts'
import {
  firstAnswer,
  follow,
  patience,
  plainSpaces,
  saysSomewhere,
  waitUntilAllSent,
} from './harness/steps.ts'
import { newTraveller, signIn } from './harness/world.ts'

const film = '/del/strategi/ein-innbyggjar'
const size = /3,8 MB/ // with its described version
const person = 'demo-deltakar-stord'

const video = (page: Page) => page.locator('video')
const time = (page: Page): Promise<number> =>
  video(page).evaluate((element: HTMLVideoElement) => element.currentTime)
const isReady = (page: Page): Promise<boolean> =>
  video(page).evaluate(
    (element: HTMLVideoElement) =>
      !element.seeking && element.readyState >= element.HAVE_CURRENT_DATA,
  )
const seek = async (page: Page, seconds: number): Promise<void> => {
  await page.getByRole('slider', { name: 'Tid i opptaket' }).fill(String(seconds))
  await expect.poll(() => time(page), patience).toBeGreaterThan(seconds - 1)
  await expect.poll(() => isReady(page), patience).toBe(true)
  expect(await time(page)).toBeLessThan(seconds + 5)
}
const play = (page: Page) => page.getByRole('button', { name: 'Spel av' }).last().click()
const pause = (page: Page) => page.getByRole('button', { name: 'Pause' }).click()
const address = (page: Page): Promise<string> =>
  video(page).evaluate((element: HTMLVideoElement) => element.currentSrc)

const open = async (page: Page, path = film): Promise<void> => {
  await follow(page, path)
  await page.getByRole('slider', { name: 'Tid i opptaket' }).waitFor()
}
const keep = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Last ned, / }).click()
  await page.getByRole('button', { name: /^På eininga, / }).waitFor()
}
/** Files of which every piece lies on the device. */
const keptFiles = (page: Page): Promise<number> =>
  page.evaluate(async (name) => {
    const cache = await caches.open(name)
    const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname)
    const whole = paths
      .filter((path) => path.endsWith('/manifest'))
      .map(async (path) => {
        const { chunks } = await ((await cache.match(path)) as Response).json()
        const pieces = paths.filter((one) => one.startsWith(path.replace('manifest', 'chunks/')))
        return pieces.length === chunks.length
      })
    return (await Promise.all(whole)).filter((is) => is).length
  }, chunkCacheName)

describe('a film on the train', () => {
  it('is kept at a tap, and then plays and seeks without network', async () => {
    const { world, page } = await newTraveller(person)
    await open(page)
    const button = page.getByRole('button', { name: /^Last ned, / })
    // The player may have brought a piece already: only the rest is told.
    expect(plainSpaces(await button.innerText())).toMatch(/^Last ned, [23],\d MB$/)
    world.gate.slow(2_000_000)
    await button.click()
    // On its way it says how far it has come.
    const loading = page.getByRole('button', { name: /^Pause, / })
    await expect
      .poll(async () => plainSpaces(await loading.innerText()), { ...patience, interval: 20 })
      .toMatch(/^\d,\d av [23],\d MB$/)
    await page.getByRole('button', { name: /^På eininga, / }).waitFor()
    world.gate.slow(null)

    world.gate.cut()
    await page.reload()
    await play(page)
    await expect.poll(() => time(page), patience).toBeGreaterThan(1)
    await seek(page, 90)
    await expect.poll(() => time(page), patience).toBeGreaterThan(90.5)
    await seek(page, 20)
    await expect.poll(() => time(page), patience).toBeGreaterThan(20.5)
    await page.getByRole('button', { name: '10 sekund fram' }).click()
    await expect.poll(() => time(page), patience).toBeGreaterThan(30)
    await pause(page)

    // Sound, picture and description travel together.
    await page.getByRole('button', { name: 'Synstolking' }).click()
    await play(page)
    const before = await time(page)
    await expect.poll(() => time(page), patience).toBeGreaterThan(before + 0.5)
    expect(await keptFiles(page)).toBe(2)

    const { status, bytes, range } = await page.evaluate(
      async (url) => {
        const answer = await fetch(url, { headers: { range: 'bytes=0-1' } })
        return {
          status: answer.status,
          bytes: (await answer.arrayBuffer()).byteLength,
          range: answer.headers.get('content-range'),
        }
      },
      new URL(await address(page)).pathname,
    )
    expect({ status, bytes }).toEqual({ status: 206, bytes: 2 })
    expect(range).toMatch(/^bytes 0-1\/\d{7}$/)
  })

  it('plays without network in the very first visit, with no reload since it was kept', async () => {
    const { world, page } = await newTraveller(person)
    await open(page)
    await keep(page)
    world.gate.cut()
    await play(page)
    await seek(page, 90)
    await expect.poll(() => time(page), patience).toBeGreaterThan(91)
  })

  it('answers a range behind the end with 416, kept or not', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    const path = new URL(await address(page)).pathname
    const ask = (): Promise<number> =>
      page.evaluate(
        async (url) => (await fetch(url, { headers: { range: 'bytes=99999999-' } })).status,
        path,
      )
    expect(await ask()).toBe(416)
    await keep(page)
    expect(await ask()).toBe(416)
  })

  it('says clearly that it is not on the device, and what can be read meanwhile', async () => {
    const { world, page } = await newTraveller(person)
    world.gate.cut()
    await page.reload()
    await open(page)
    const alert = page.getByRole('alert')
    await alert.getByText('Du er utan nett, og opptaket ligg ikkje på eininga').waitFor()
    await page.getByRole('heading', { name: 'Dette blir sagt' }).waitFor()
    expect(await page.locator('.tr li').count()).toBeGreaterThan(10)

    world.gate.restore()
    await alert.getByRole('button', { name: 'Prøv igjen' }).click()
    await play(page)
    await expect.poll(() => time(page), patience).toBeGreaterThan(0.5)
    expect(await alert.count()).toBe(0)
  })

  it('can be stopped on its way, and is not kept then', async () => {
    const { world, page } = await newTraveller(person)
    await open(page)
    world.gate.slow(400_000)
    await page.getByRole('button', { name: /^Last ned, / }).click()
    await page.getByRole('button', { name: 'Avbryt' }).click()
    await page.getByRole('button', { name: /^Last ned, / }).waitFor()
    // Pieces that came stay: the small one of its two files may be whole.
    expect(await keptFiles(page)).toBeLessThan(2)
    world.gate.slow(null)
    await keep(page)
    expect(await keptFiles(page)).toBe(2)
  })

  it('tells when the network falls out under a download, and goes on by itself or at a tap', async () => {
    const { world, page } = await newTraveller(person)
    await open(page)
    world.gate.slow(150_000)
    await page.getByRole('button', { name: /^Last ned, / }).click()
    await page.getByRole('button', { name: /^Pause, (0,[1-9]|[12],)/ }).waitFor()
    world.gate.cut()
    await saysSomewhere(page, 'Nettet fall ut. Vi held fram av oss sjølve når det er tilbake.')
    world.gate.slow(null)
    world.gate.restore()
    const kept = page.getByRole('button', { name: /^På eininga, / }).waitFor()
    // It may be on its way again before the tap.
    const tap = page.getByRole('button', { name: /^Stoppa på / }).click()
    await Promise.race([tap.catch(() => undefined), kept])
    await kept
  })

  it('frees its room when it is taken away on the storage page', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await keep(page)
    await page.goto(new URL('/eininga', page.url()).href)
    const films = page.locator('.legend li').first()
    await expect.poll(async () => plainSpaces(await films.innerText()), patience).toMatch(size)
    const used = (): Promise<number> =>
      page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)
    const before = await used()

    await page.getByRole('button', { name: /^Forarbeid til Førde/ }).click()
    await page.getByRole('button', { name: 'Fjern: Éin innbyggjar, mange tenester' }).click()
    await saysSomewhere(page, /^Ingen film eller lyd er lasta ned\./)
    expect(plainSpaces(await films.innerText())).toMatch(/0 MB$/)
    expect(await keptFiles(page)).toBe(0)
    await expect.poll(used, patience).toBeLessThan(before - 3.5e6)
  })
})

describe('a film that is left and taken up again', () => {
  it('goes on where it was, after a reload and on another device', async () => {
    const { world, page, origin } = await newTraveller(person)
    await open(page)
    await play(page)
    await seek(page, 60)
    await pause(page)
    const left = await time(page)
    await waitUntilAllSent(page)
    await page.reload()
    await page.getByRole('slider').waitFor()
    await expect.poll(() => time(page), patience).toBeCloseTo(left, 0)

    const phone = await world.openBrowser()
    await signIn(phone.page, origin, person)
    await phone.page.getByRole('link', { name: 'Hald fram der du slapp' }).click()
    await phone.page.getByRole('slider').waitFor()
    await expect.poll(() => time(phone.page), patience).toBeCloseTo(left, 0)
  })

  it('goes on where it was when another device opens the film itself first', async () => {
    const { world, page, origin } = await newTraveller(person)
    const phone = await world.openBrowser()
    await signIn(phone.page, origin, person)
    await open(page)
    await play(page)
    await seek(page, 60)
    await pause(page)
    const left = await time(page)
    await waitUntilAllSent(page)

    await phone.page.goto(`${origin}${film}`)
    await phone.page.getByRole('slider').waitFor()
    await expect.poll(() => time(phone.page), patience).toBeCloseTo(left, 0)
  })

  it('is done at 95 per cent, and the line moves on', async () => {
    const { page, origin } = await newTraveller(person)
    await page.goto(origin)
    const next = page.locator('.next h2')
    const first = await next.innerText()
    await page.locator('.next a.btn').click()
    await page.getByRole('slider', { name: 'Tid i opptaket' }).waitFor()
    await play(page)
    const duration = () => page.evaluate(() => document.querySelector('video')?.duration || 0)
    await expect.poll(duration, patience).toBeGreaterThan(0) // its head may not have come yet
    const length = await duration()
    await seek(page, length * 0.9)
    expect(await page.getByText('Ferdig', { exact: true }).count()).toBe(0)
    await seek(page, length * 0.96)
    await page.getByText('Ferdig', { exact: true }).waitFor()

    await page.goto(origin)
    await next.waitFor()
    expect(await next.innerText()).not.toBe(first)
  })
})

describe('captions and description', () => {
  it('shows captions from the start, and remembers when they are turned off', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    const button = page.getByRole('button', { name: 'Teksting' })
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    await play(page)
    await seek(page, 10)
    await page.locator('.cap span').waitFor()
    expect(await page.locator('.cap span').innerText()).not.toBe('')

    await button.click()
    await page.locator('.cap').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Teksting', pressed: false }).waitFor()
  })

  it('plays the described version from the same place', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    const plain = await address(page)
    await play(page)
    await seek(page, 40)
    await pause(page)
    await page.getByRole('button', { name: 'Synstolking' }).click()
    await expect.poll(() => address(page), patience).not.toBe(plain)
    await expect.poll(() => time(page), patience).toBeGreaterThan(39)
    await play(page)
    const at = await time(page)
    await expect.poll(() => time(page), patience).toBeGreaterThan(at + 0.5)
  })

  it('stamps a note with the time', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await seek(page, 33)
    await pause(page)
    await page.getByRole('button', { name: /^Nytt notat ved 0\.3\d$/ }).click()
    await page.keyboard.type('spør dei som gjer jobben')
    await expect
      .poll(() => firstAnswer(page).inputValue(), patience)
      .toMatch(/0\.3\d.*spør dei som gjer jobben/s)
  })
})
