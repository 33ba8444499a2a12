import type { Page } from 'playwright-core'
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

/** Of the whole film: what was there already counts as if it had come as quickly. */
const downloadMs = async (page: Page, film: Film): Promise<number> => {
  const { ms, bytes } = await download(page, film)
  return (ms * film.size) / bytes
}

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
      () => downloadMs(page, large),
    ),
    bare('stream', ofLoft, () => fetchPieces(page, large, 'stream')),
    bare('blob', ofLoft, () => fetchPieces(page, large, 'blob')),
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
    beside('loopbackOfPlain', '  unhashed, of the plain server', of('plainBlob')),
    beside('loopbackOfFetch', '  of the plain server, nothing stored', of('plainFetch')),
    beside('loopbackOfWhole', '  of the plain server, one put of the whole', of('whole')),
  ]
}

/** 100 Mbit/s, all connections together. */
const shapedBytesASecond = 12_500_000

export const shaped = async (bench: MediaBench): Promise<Figure[]> => {
  const { large, loft, plain, person } = bench
  const browser = await bench.openBrowser()
  const { page } = browser
  const lines = {
    loft: await openShapedLine(() => loft.port, shapedBytesASecond),
    plain: await openShapedLine(() => plain.port, shapedBytesASecond),
  }
  const ours: number[] = []
  const fetched: number[] = []
  try {
    await inTurns(1, [
      async () => {
        await openProduct(page, plainOrigin(lines.loft.port), person, large)
        ours.push(await downloadMs(page, large))
        await forgetFilms(page)
      },
      async () => {
        await openPlain(page, plainOrigin(lines.plain.port))
        fetched.push(await readWhole(page, large))
      },
    ])
  } finally {
    await browser.remove()
    await Promise.all([lines.loft.close(), lines.plain.close()])
  }
  bench.say(JSON.stringify({ ours, fetched }))
  return [
    {
      key: 'shaped',
      label: 'download at 100 Mbit/s, beside plain fetch',
      unit: 'MB/s',
      value: speed(large, ours),
      limit: speed(large, fetched),
      demand: { atLeast: 0.95, of: 'limit' },
    },
  ]
}
