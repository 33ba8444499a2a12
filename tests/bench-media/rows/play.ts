import { type Figure, median, percentile } from '../../bench/figures.ts'
import { openWire } from '../../bench/wire.ts'
import { inTurns, type MediaBench } from '../bench.ts'
import { openPlain, openWorkbox, plainOrigin, storeWhole, workboxOrigin } from '../plain-page.ts'
import { firstFrame, places, readAll, seekAll } from '../player.ts'
import { download, openProduct } from '../product.ts'

/** Of so many seeks each, one contender after the other. */
const seeksATurn = 40

/** A kept film without a network, in a browser that was started anew: its first frame, and seeks all over it. */
export const play = async (bench: MediaBench): Promise<Figure[]> => {
  const { large, loft, plain, person } = bench
  const browser = await bench.openBrowser()
  const wire = await openWire(() => loft.port)
  const origins = { limit: plainOrigin(plain.port), workbox: workboxOrigin(plain.port) }
  try {
    await openProduct(browser.page, wire.origin, person, large)
    await download(browser.page, large)
    await openWorkbox(browser.page, origins.workbox)
    await storeWhole(browser.page, large)
    await loft.stop()
    await browser.close()
    await browser.start()

    const ours = browser.page
    const [limit, workbox] = await Promise.all([
      browser.context.newPage(),
      browser.context.newPage(),
    ])
    const first = { ours: [] as number[], limit: [] as number[], workbox: [] as number[] }
    await inTurns(bench.runs, [
      async () => {
        await openProduct(ours, wire.origin, person, large)
        first.ours.push(await firstFrame(ours, large))
      },
      async () => {
        await openPlain(limit, origins.limit)
        first.limit.push(await firstFrame(limit, large))
      },
      async () => {
        await openWorkbox(workbox, origins.workbox)
        first.workbox.push(await firstFrame(workbox, large))
      },
    ])
    bench.say(`first frame: ${JSON.stringify(first)}`)

    const seek = { ours: [] as number[], limit: [] as number[], workbox: [] as number[] }
    const read = { ours: [] as number[], limit: [] as number[], workbox: [] as number[] }
    let turn = 0
    const pages = { ours, limit, workbox }
    const some = (who: keyof typeof pages, of: number): (() => Promise<void>) => {
      const all = places(large, of, 7)
      return async () => {
        const next = all.slice(seek[who].length, seek[who].length + seeksATurn)
        if (next.length === 0) return
        seek[who].push(...(await seekAll(pages[who], next)))
        read[who].push(...(await readAll(pages[who], large, next)))
        turn++
      }
    }
    await inTurns(Math.ceil(bench.seeks / seeksATurn), [
      some('ours', bench.seeks),
      some('limit', bench.seeks),
      some('workbox', bench.workboxSeeks),
    ])
    bench.say(`${turn} turns of ${seeksATurn} seeks`)
    const ms = (
      key: string,
      label: string,
      of: Record<'ours' | 'limit' | 'workbox', number[]>,
      figure: (values: readonly number[]) => number,
      isDemanded = false,
    ): Figure[] => [
      {
        key,
        label,
        unit: 'ms',
        value: figure(of.ours),
        limit: figure(of.limit),
        demand: isDemanded ? { atMost: 1.3, of: 'limit' } : null,
      },
      {
        key: `${key}OfWorkbox`,
        label: "  beside Workbox's plugin",
        unit: 'ms',
        value: figure(of.ours),
        limit: figure(of.workbox),
        demand: isDemanded ? { atMost: 0.2, of: 'limit' } : null,
      },
    ]
    const p95 = (values: readonly number[]): number => percentile(values, 0.95)
    return [
      ...ms('firstFrameMs', 'first frame offline', first, median),
      ...ms('seekP50Ms', `seek p50 of ${seek.ours.length}`, seek, median),
      ...ms('seekP95Ms', `seek p95 of ${seek.ours.length}`, seek, p95, true),
      ...ms('readP50Ms', '64 KiB at a place p50, no player', read, median),
      ...ms('readP95Ms', '64 KiB at a place p95, no player', read, p95),
    ]
  } finally {
    await browser.remove()
    await wire.close()
    await loft.restart()
  }
}
