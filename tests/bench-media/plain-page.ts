// The bare page: without a service worker at `localhost`, with Workbox's at `127.0.0.1`, which is another origin.
import type { Page } from 'playwright-core'
import { paths } from '../../src/shared/protocol/paths.ts'
import type { Film } from './film.ts'

/** Of the cache in which Workbox finds whole films. */
export const wholeName = 'films'
export const piecesName = 'pieces'

export const plainOrigin = (port: number): string => `http://localhost:${port}`
export const workboxOrigin = (port: number): string => `http://127.0.0.1:${port}`

export const openPlain = async (page: Page, origin: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(origin)
}

/** A document of the product's server without its page, at an origin where no service worker is. */
export const openBare = async (page: Page, origin: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(`${origin}/icons/icon-192.png`)
}

export const openWorkbox = async (page: Page, origin: string): Promise<void> => {
  await openPlain(page, origin)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/workbox-sw.js')
    await navigator.serviceWorker.ready
  })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

/** The whole film into one stored answer; ms. */
export const storeWhole = (page: Page, film: Film): Promise<number> =>
  page.evaluate(
    async ([name, address]) => {
      const from = performance.now()
      const cache = await caches.open(name)
      await cache.put(address, await fetch(address, { cache: 'no-store' }))
      return performance.now() - from
    },
    [wholeName, paths.media(film.sha256)] as const,
  )

/** The whole film, read and not stored; ms. */
export const readWhole = (page: Page, film: Film): Promise<number> =>
  page.evaluate(async (address) => {
    const from = performance.now()
    const { body } = await fetch(address, { cache: 'no-store' })
    const reader = body?.getReader()
    while (!(await reader?.read())?.done);
    return performance.now() - from
  }, paths.media(film.sha256))

/**
 * The requests that the product makes, three at a time; ms. What comes is thrown away, or stored without a look at it: as a
 * stream, or as a blob, whichever is quicker.
 */
export const fetchPieces = (
  page: Page,
  film: Film,
  store: 'nothing' | 'stream' | 'blob',
): Promise<number> =>
  page.evaluate(
    async ({ address, size, store, name }) => {
      const pieceSize = 4 * 1024 * 1024
      const from = performance.now()
      const cache = await caches.open(name)
      let next = 0
      const one = async (): Promise<void> => {
        for (;;) {
          const first = pieceSize * next++
          if (first >= size) return
          const range = `bytes=${first}-${Math.min(first + pieceSize, size) - 1}`
          const answer = await fetch(address, { headers: { range }, cache: 'no-store' })
          if (answer.status !== 206) throw new Error(`${answer.status}`)
          if (store === 'nothing') await answer.arrayBuffer()
          else {
            const headers = { 'content-type': 'video/mp4' }
            const body = store === 'stream' ? answer.body : await answer.blob()
            await cache.put(`${address}/${first}`, new Response(body, { headers }))
          }
        }
      }
      await Promise.all([one(), one(), one()])
      return performance.now() - from
    },
    { address: paths.media(film.sha256), size: film.size, store, name: piecesName },
  )
