import { type Figure, median } from '../../bench/figures.ts'
import { inTurns, type MediaBench } from '../bench.ts'
import type { Film } from '../film.ts'
import {
  fetchPieces,
  openBare,
  openPlain,
  plainOrigin,
  readWhole,
  storeWhole,
  workboxOrigin,
} from '../plain-page.ts'
import { download, forgetFilms, openProduct } from '../product.ts'
import { openShapedLine } from '../shaped-line.ts'

const speed = (film: Film, times: readonly number[]): number => film.size / 1000 / median(times)

/**
 * From the tap on «Last ned» until the film is kept, beside the same requests without hashes, of the same server and of the
 * plain one.
 */
export const loopback = async (bench: MediaBench): Promise<Figure[]> => {
  const { large, loft, plain, person } = bench
  const browser = await bench.openBrowser()
  const { page } = browser
  const times: Record<string, number[]> = {}
  const bare = (
    name: string,
    open: () => Promise<void>,
    measure: () => Promise<number>,
  ): (() => Promise<void>) => {
    const own: number[] = []
    times[name] = own
    return async () => {
      await open()
      own.push(await measure())
      await forgetFilms(page)
    }
  }
  const ofPlain = () => openPlain(page, plainOrigin(plain.port))
  const ofLoft = () => openBare(page, workboxOrigin(loft.port))
  await inTurns(bench.runs, [
    bare(
      'ours',
      () => openProduct(page, plainOrigin(loft.port), person, large),
      () => download(page, large),
    ),
    bare('stream', ofLoft, () => fetchPieces(page, large, 'stream')),
    bare('blob', ofLoft, () => fetchPieces(page, large, 'blob')),
    bare('plainStream', ofPlain, () => fetchPieces(page, large, 'stream')),
    bare('plainBlob', ofPlain, () => fetchPieces(page, large, 'blob')),
    bare('plainFetch', ofPlain, () => fetchPieces(page, large, 'nothing')),
    bare('whole', ofPlain, () => storeWhole(page, large)),
  ])
  await browser.remove()
  const rounded = Object.entries(times).map(([name, all]) => `${name} ${all.map(Math.round)}`)
  bench.say(`ms: ${rounded.join('; ')}`)
  const of = (...names: string[]): number =>
    Math.max(...names.map((name) => speed(large, times[name] ?? [])))
  const beside = (key: string, label: string, limit: number): Figure => ({
    key,
    label,
    unit: 'MB/s',
    value: of('ours'),
    limit,
    demand: null,
  })
  return [
    {
      ...beside('loopback', 'download on loopback, beside it unhashed', of('stream', 'blob')),
      demand: { atLeast: 0.8, of: 'limit' },
    },
    beside('loopbackOfPlain', '  unhashed, of the plain server', of('plainStream', 'plainBlob')),
    beside('loopbackOfFetch', '  of the plain server, nothing stored', of('plainFetch')),
    beside('loopbackOfWhole', '  of the plain server, one put of the whole', of('whole')),
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
