// The product as people meet it: its page, its service worker, its button.
import type { Page } from 'playwright-core'
import { chunkCacheName, mediaChannelName } from '../../src/shared/media/chunk-cache.ts'
import { chunkLength, chunkSizeFor } from '../../src/shared/media/manifest.ts'
import { type Person, sessionCookie } from '../bench/people.ts'
import { storedPieces } from '../e2e/harness/stored-media.ts'
import type { Film } from './film.ts'
import { piecesName, wholeName } from './plain-page.ts'

/** Others may be at work on this machine. */
const patienceMs = 120_000

/** The film's own page, on a visit that the service worker has answered from the start. */
export const openProduct = async (
  page: Page,
  origin: string,
  person: Person,
  film: Film,
): Promise<void> => {
  page.context().setDefaultTimeout(patienceMs)
  await page.context().addCookies([{ name: sessionCookie, value: person.token, url: origin }])
  await page.goto(`${origin}/`)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.goto('about:blank')
  await page.goto(`${origin}/del/${film.item}`)
  await page.getByRole('button', { name: /^(Last ned|På eininga), / }).waitFor()
  await settled()
}

/** What a page does after it is shown is over: texts, words, pictures. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1500))

/** Presses «Last ned»; ms until the downloads have ended, with every piece on the device, and how many bytes had to come. */
export const download = async (page: Page, film: Film): Promise<{ ms: number; bytes: number }> => {
  const bytes = await missingBytes(page, film)
  const button = page.getByRole('button', { name: /^Last ned, / })
  const ms = await button.evaluate(
    (element: HTMLElement, channelName) =>
      new Promise<number>((resolve) => {
        const channel = new BroadcastChannel(channelName)
        channel.onmessage = ({ data }) => {
          if (data.kind !== 'ended') return
          channel.close()
          resolve(performance.now() - from)
        }
        const from = performance.now()
        element.click()
      }),
    mediaChannelName,
  )
  await page.getByRole('button', { name: /^På eininga, / }).waitFor()
  const missing = await missingBytes(page, film)
  if (missing > 0) throw new Error(`${missing} bytes did not come`)
  return { ms, bytes }
}

/** What of it is not on the device; a player that looked at its beginning has brought a piece already. */
export const missingBytes = async (page: Page, film: Film): Promise<number> => {
  const shape = { size: film.size, chunkSize: chunkSizeFor(film.size) }
  const pieces = await storedPieces(page, film.sha256)
  return pieces.reduce((left, index) => left - chunkLength(shape, index), film.size)
}

/** Nothing of any film lies on the device any more, by whomever it was kept. */
export const forgetFilms = async (page: Page): Promise<void> => {
  await page.evaluate(
    async (names) => {
      for (const name of names) await caches.delete(name)
    },
    [chunkCacheName, wholeName, piecesName],
  )
}
