import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chunkCacheName, wholeCacheName } from '../../src/shared/media/chunk-cache.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import type { TestBrowser } from './harness/browser.ts'
import { openProxy } from './harness/proxy.ts'
import {
  expectValue,
  firstAnswer,
  follow,
  patience,
  plainSpaces,
  saysSomewhere,
} from './harness/steps.ts'
import { giveLargeFilm, storedPieces } from './harness/stored-media.ts'
import { newWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const film = 'strategi/ein-innbyggjar'
const otherFilm = '/del/strategi/tre-kommunar'
const task = '/del/strategi/seie-nei'
const person = 'demo-deltakar-stord'
const mebibyte = 1024 * 1024

const open = async (
  size: number | null,
): Promise<{
  world: World
  proxy: Awaited<ReturnType<typeof openProxy>>
  browser: TestBrowser
  page: Page
  sha256: string
  pieces: string[]
}> => {
  const world = await newWorld()
  const sha256 = size === null ? '' : giveLargeFilm(world.server, film, size)
  const gatePort = Number(new URL(world.gate.origin).port)
  const proxy = await openProxy(() => gatePort)
  onTestFinished(() => proxy.close())
  /** Ranges that were asked for, of any film. */
  const pieces: string[] = []
  proxy.spoil = (path, { range }) => {
    if (path.startsWith('/media/') && range) pieces.push(`${path} ${range}`)
    return false
  }
  const browser = await world.openBrowser()
  const { page } = browser
  await signIn(page, proxy.origin, person)
  await waitUntilOfflineReady(page)
  return { world, proxy, browser, page, sha256, pieces }
}
const toFilm = async (page: Page, path = `/del/${film}`): Promise<void> => {
  await follow(page, path)
  await page.getByRole('button', { name: /^(Last ned|Ta vare på|På eininga), / }).waitFor()
}
/** A sound of one piece is here as soon as the player has looked at it. */
const download = (page: Page) => page.getByRole('button', { name: /^(Last ned|Ta vare på), / })
const onDevice = (page: Page) => page.getByRole('button', { name: /^På eininga, / })
const long = { timeout: 45_000 }

describe('a download', () => {
  it('that is cut at 40 per cent by a killed browser goes on by itself, with at most three pieces again', async () => {
    const { world, proxy, browser, page, sha256, pieces } = await open(40 * mebibyte)
    await toFilm(page)
    world.gate.slow(2_000_000)
    await download(page).click()
    await expect
      .poll(async () => (await storedPieces(page, sha256)).length, { ...long, interval: 50 })
      .toBeGreaterThanOrEqual(16)
    await browser.kill()
    world.gate.slow(null)
    const before = new Set(pieces)
    pieces.length = 0

    await browser.start()
    await browser.page.goto(proxy.origin)
    await expect.poll(async () => (await storedPieces(browser.page, sha256)).length, long).toBe(40)
    const again = pieces.filter((piece) => before.has(piece))
    expect(again.length).toBeLessThanOrEqual(3)
    expect(before.size + pieces.length - again.length).toBe(40)
    await toFilm(browser.page)
    await onDevice(browser.page).waitFor()
  })

  it('goes on by itself when the network is back', async () => {
    const { world, sha256, page, pieces } = await open(24 * mebibyte)
    await toFilm(page)
    world.gate.slow(2_000_000)
    await download(page).click()
    await expect
      .poll(async () => (await storedPieces(page, sha256)).length, { ...long, interval: 50 })
      .toBeGreaterThan(4)
    world.gate.cut()
    await saysSomewhere(page, /^Nettet fall ut\./)
    world.gate.slow(null)
    world.gate.restore()
    await onDevice(page).waitFor(long)
    expect(pieces.length).toBeLessThan(24 + 10) // three at a time, and a try or two without network
  })

  it('refuses a damaged piece and fetches it again', async () => {
    const { proxy, page, sha256 } = await open(8 * mebibyte)
    await toFilm(page)
    let asked = 0
    proxy.spoil = (_path, { range }) =>
      range === `bytes=${5 * mebibyte}-${6 * mebibyte - 1}` && ++asked === 1
    await download(page).click()
    await onDevice(page).waitFor(long)
    expect(asked).toBe(2)
    expect(await hashOfStored(page, sha256)).toBe(sha256)
  })
})

describe('a film that arrives damaged each time', () => {
  it('is told clearly, is not kept, and never plays', async () => {
    const { proxy, page, world } = await open(null)
    proxy.spoil = (path, { range }) =>
      path.startsWith('/media/') && (range ?? '').startsWith('bytes=0-')
    await toFilm(page)
    const address = await page.locator('video').evaluate((video: HTMLVideoElement) => video.src)
    const sha256 = address.split('/').at(-1) ?? ''
    await download(page).click()
    await saysSomewhere(page, /kom skadd fram, og vi kasta det\. Trykk for å hente på nytt\./)
    expect(await storedPieces(page, sha256)).not.toContain(0)

    // Watching: through the service worker, which fetches the same piece.
    await page.reload()
    await page.getByRole('button', { name: 'Spel av' }).last().click()
    await page.getByRole('alert').getByText('Opptaket stoppa').waitFor()
    expect(
      await page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime),
    ).toBe(0)
    expect(await storedPieces(page, sha256)).not.toContain(0)
    await world.server.stop()
  })
})

describe('a full disk', () => {
  it('is told clearly in the middle of a download; words and other films are safe', async () => {
    const { world, page, sha256 } = await open(40 * mebibyte)
    await toFilm(page, otherFilm)
    await download(page).click()
    await onDevice(page).waitFor(long)

    await toFilm(page)
    world.gate.slow(2_000_000)
    await download(page).click()
    await expect
      .poll(async () => (await storedPieces(page, sha256)).length, { ...long, interval: 50 })
      .toBeGreaterThan(4)
    await setRoom(page, 3 * mebibyte)
    world.gate.slow(null)
    await expect
      .poll(async () => plainSpaces(await page.locator('.keep-media').innerText()), long)
      .toContain('Orda dine er trygge. Vi fann ikkje plass til')

    await setRoom(page, 1 * mebibyte)
    await follow(page, task)
    await firstAnswer(page).pressSequentially('Skrive på ein full disk.')
    await page
      .getByRole('banner')
      .getByText(/^(Alt er sendt|Sendt)/)
      .first()
      .waitFor()
    world.gate.cut()
    await page.reload()
    await expectValue(firstAnswer(page), 'Skrive på ein full disk.')
    await toFilm(page, otherFilm)
    await onDevice(page).waitFor()
    await page.getByRole('button', { name: 'Spel av' }).last().click()
    await expect
      .poll(
        () => page.locator('audio, video').evaluate((one: HTMLVideoElement) => one.currentTime),
        patience,
      )
      .toBeGreaterThan(0.5)
  })

  it('is found before the download begins', async () => {
    const { page, pieces } = await open(40 * mebibyte)
    await toFilm(page)
    // Chromium enforces a quota that its debugging protocol sets, but tells of ten gigabytes whatever there is.
    await page.evaluate((quota) => {
      navigator.storage.estimate = async () => ({ usage: 0, quota })
    }, 50 * mebibyte) // not enough beside the words
    await download(page).click()
    await page.getByRole('heading', { name: 'Eininga er full' }).waitFor()
    expect(pieces.length).toBeLessThan(4) // what the player asked for, to show the film's length
  })
})

describe('a film that an earlier release kept whole', () => {
  it('is kept in pieces after the next start, and plays without network', async () => {
    const { world, page } = await open(null)
    await toFilm(page)
    const address = await page.locator('video').evaluate((video: HTMLVideoElement) => video.src)
    const sha256 = address.split('/').at(-1) ?? ''
    const here = page.url()
    // Where nothing of the app runs, which would cut it at once.
    await page.goto(new URL(paths.openApi, here).href)
    await page.evaluate(
      async ([address, whole, pieces]) => {
        const file = await fetch(address, { cache: 'no-store' })
        await (await caches.open(whole)).put(address, file)
        await caches.delete(pieces)
      },
      [address, wholeCacheName, chunkCacheName] as const,
    )
    world.gate.cut()
    await page.goto(here)
    await expect.poll(() => storedPieces(page, sha256), patience).toHaveLength(2)
    await expect
      .poll(() => page.evaluate((name) => caches.has(name), wholeCacheName), patience)
      .toBe(false)
    await onDevice(page).waitFor()
    await page.getByRole('button', { name: 'Spel av' }).last().click()
    await expect
      .poll(
        () => page.locator('video').evaluate((one: HTMLVideoElement) => one.currentTime),
        patience,
      )
      .toBeGreaterThan(0.5)
  })
})

describe('a range', () => {
  it('is answered from the device as the server answers it, byte for byte', async () => {
    const size = 3 * mebibyte + 12_345
    const { world, page, sha256 } = await open(size)
    await toFilm(page)
    await download(page).click()
    await onDevice(page).waitFor(long)
    const path = paths.media(sha256)
    const ranges = [
      'bytes=0-1',
      'bytes=0-',
      'bytes=-1',
      'bytes=-1500000',
      `bytes=${mebibyte - 1}-${mebibyte}`,
      `bytes=${mebibyte}-${2 * mebibyte - 1}`,
      `bytes=${2 * mebibyte + 7}-`,
      `bytes=${size - 1}-`,
      `bytes=100-${10 * size}`,
      `bytes=${size}-`,
      'bytes=-0',
      'bytes=4-2',
      'bytes=0-1,5-6',
      'chapters=1-2',
      null,
    ]
    const fromServer = await Promise.all(
      ranges.flatMap((range) =>
        (['GET', 'HEAD'] as const).map(async (method) => {
          const headers = range ? { range } : undefined
          const answer = await fetch(`${world.server.origin}${path}`, {
            method,
            ...(headers && { headers }),
          })
          return told(range, method, answer, Buffer.from(await answer.arrayBuffer()))
        }),
      ),
    )
    world.gate.cut() // what is answered now comes from the device
    const fromDevice = await page.evaluate(
      async ({ path, ranges, names }) => {
        const all = []
        for (const range of ranges) {
          for (const method of ['GET', 'HEAD']) {
            const answer = await fetch(path, { method, ...(range && { headers: { range } }) })
            const digest = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer())
            all.push({
              range,
              method,
              status: answer.status,
              headers: names.map((name) => answer.headers.get(name)),
              body: Array.from(new Uint8Array(digest), (byte) =>
                byte.toString(16).padStart(2, '0'),
              ).join(''),
            })
          }
        }
        return all
      },
      { path, ranges, names },
    )
    for (const [index, answer] of fromServer.entries()) {
      const ours = fromDevice[index]
      // What an error is called in words is each one's own.
      if (answer.status === 416) {
        const [, , range] = answer.headers
        expect([ours?.range, ours?.status, ours?.headers[2]]).toEqual([answer.range, 416, range])
      } else expect(ours).toEqual(answer)
    }
  })
})

const names = ['content-type', 'content-length', 'content-range', 'accept-ranges']
const told = (range: string | null, method: string, answer: Response, body: Buffer) => ({
  range,
  method,
  status: answer.status,
  headers: names.map((name) => answer.headers.get(name)),
  body: createHash('sha256').update(body).digest('hex'),
})

/** The hash of all that the device plays of a file. */
const hashOfStored = (page: Page, sha256: string): Promise<string> =>
  page.evaluate(async (path) => {
    const bytes = await (await fetch(path)).arrayBuffer()
    return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('')
  }, paths.media(sha256))

/** From now on the browser lets the site store this much more. */
const setRoom = async (page: Page, bytes: number): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  const { usage } = await page.evaluate(() => navigator.storage.estimate())
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(page.url()).origin,
    quotaSize: (usage ?? 0) + bytes,
  })
}
