// What is measured of a film that plays, alike on every page: a bare <video>, and frames that have been shown.
import type { Page } from 'playwright-core'
import { paths } from '../../src/shared/protocol/paths.ts'
import { seeded } from '../bench/notes.ts'
import type { Film } from './film.ts'

/** Puts the film alone onto the page; ms until its first frame is shown. */
export const firstFrame = async (page: Page, film: Film): Promise<number> => {
  await page.bringToFront()
  return page.evaluate(
    (address) =>
      new Promise<number>((resolve, reject) => {
        const video = document.createElement('video')
        video.muted = true
        video.preload = 'auto'
        video.width = 640
        document.body.replaceChildren(video)
        const from = performance.now()
        video.requestVideoFrameCallback(() => resolve(performance.now() - from))
        video.onerror = () => reject(new Error(video.error?.message))
        video.src = address
      }),
    paths.media(film.sha256),
  )
}

/** Places all over the film; the same seed gives the same. */
export const places = (film: Film, count: number, seed: number): number[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => random() * (film.seconds - 3))
}

/** Goes to each place in turn; ms from asking until the frame of that place is shown. */
export const seekAll = async (page: Page, seconds: readonly number[]): Promise<number[]> => {
  await page.bringToFront()
  return page.evaluate(async (all) => {
    const video = document.querySelector('video')
    if (!video) throw new Error('no film')
    const times: number[] = []
    for (const place of all) {
      const from = performance.now()
      const shown = new Promise<void>((resolve, reject) => {
        const look = (_now: number, { mediaTime }: { mediaTime: number }): void => {
          if (Math.abs(mediaTime - place) < 0.1) resolve()
          else video.requestVideoFrameCallback(look)
        }
        video.requestVideoFrameCallback(look)
        video.onerror = () => reject(new Error(video.error?.message))
      })
      video.currentTime = place
      await shown
      times.push(performance.now() - from)
    }
    return times
  }, seconds)
}

/** The same without a player: ms until 64 KiB from each place are there. */
export const readAll = async (
  page: Page,
  film: Film,
  seconds: readonly number[],
): Promise<number[]> => {
  await page.bringToFront()
  return page.evaluate(
    async ({ address, starts }) => {
      const times: number[] = []
      for (const first of starts) {
        const from = performance.now()
        const range = `bytes=${first}-${first + 65_535}`
        const answer = await fetch(address, { headers: { range } })
        const { byteLength } = await answer.arrayBuffer()
        if (answer.status !== 206 || byteLength !== 65_536) throw new Error(`${answer.status}`)
        times.push(performance.now() - from)
      }
      return times
    },
    {
      address: paths.media(film.sha256),
      starts: seconds.map((place) => Math.floor((place / film.seconds) * film.size)),
    },
  )
}
