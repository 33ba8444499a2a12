import { type Figure, median } from '../../bench/figures.ts'
import { inTurns, type MediaBench } from '../bench.ts'
import type { Film } from '../film.ts'
import { fetchPieces, openPlain, plainOrigin, readWhole, storeWhole } from '../plain-page.ts'
import { download, forgetFilms, openProduct } from '../product.ts'
import { openShapedLine } from '../shaped-line.ts'

const speed = (film: Film, times: readonly number[]): number => film.size / 1000 / median(times)

/** From the tap on «Last ned» until the film is kept, beside what the browser itself takes for the same bytes. */
export const loopback = async (bench: MediaBench): Promise<Figure[]> => {
  const { large, loft, plain, person } = bench
  const browser = await bench.openBrowser()
  const { page } = browser
  const bare = async (measure: () => Promise<number>, times: number[]): Promise<void> => {
    await openPlain(page, plainOrigin(plain.port))
    times.push(await measure())
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name)
    })
  }
  const ours: number[] = []
  const stored = { stream: [] as number[], blob: [] as number[] }
  const fetched: number[] = []
  const whole: number[] = []
  await inTurns(bench.runs, [
    async () => {
      await openProduct(page, plainOrigin(loft.port), person, large)
      ours.push(await download(page, large))
      await forgetFilms(page)
    },
    () => bare(() => fetchPieces(page, large, 'stream'), stored.stream),
    () => bare(() => fetchPieces(page, large, 'blob'), stored.blob),
    () => bare(() => fetchPieces(page, large, 'nothing'), fetched),
    () => bare(() => storeWhole(page, large), whole),
  ])
  await browser.remove()
  bench.say(JSON.stringify({ ours, stored, fetched, whole }))
  const value = speed(large, ours)
  const quickest = Math.max(speed(large, stored.stream), speed(large, stored.blob))
  const beside = (key: string, label: string, limit: number): Figure => ({
    key,
    label,
    unit: 'MB/s',
    value,
    limit,
    demand: null,
  })
  return [
    {
      ...beside('loopback', 'download on loopback, beside fetch + put unhashed', quickest),
      demand: { atLeast: 0.8, of: 'limit' },
    },
    beside('loopbackOfFetch', '  beside the same requests, nothing stored', speed(large, fetched)),
    beside('loopbackOfWhole', '  beside one put of the whole (Workbox)', speed(large, whole)),
  ]
}

/** 100 Mbit/s, all connections together. */
const shapedBytesASecond = 12_500_000

export const shaped = async (bench: MediaBench): Promise<Figure[]> => {
  const { small, loft, plain, person } = bench
  const browser = await bench.openBrowser()
  const { page } = browser
  const lines = {
    loft: await openShapedLine(() => loft.port, shapedBytesASecond),
    plain: await openShapedLine(() => plain.port, shapedBytesASecond),
  }
  const ours: number[] = []
  const fetched: number[] = []
  const whole: number[] = []
  try {
    await inTurns(Math.min(2, bench.runs), [
      async () => {
        await openProduct(page, plainOrigin(lines.loft.port), person, small)
        ours.push(await download(page, small))
        await forgetFilms(page)
      },
      async () => {
        await openPlain(page, plainOrigin(lines.plain.port))
        fetched.push(await readWhole(page, small))
      },
      async () => {
        await openPlain(page, plainOrigin(lines.plain.port))
        whole.push(await storeWhole(page, small))
      },
    ])
  } finally {
    await browser.remove()
    await Promise.all([lines.loft.close(), lines.plain.close()])
  }
  bench.say(JSON.stringify({ ours, fetched, whole }))
  const figure = { unit: 'MB/s' as const, value: speed(small, ours) }
  return [
    {
      ...figure,
      key: 'shaped',
      label: 'download at 100 Mbit/s, beside plain fetch',
      limit: speed(small, fetched),
      demand: { atLeast: 0.95, of: 'limit' },
    },
    {
      ...figure,
      key: 'shapedOfWhole',
      label: '  beside one put of the whole (Workbox)',
      limit: speed(small, whole),
      demand: null,
    },
  ]
}
