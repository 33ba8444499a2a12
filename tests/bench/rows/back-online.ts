import { type Bench, inTurn, openLimit, openOurs } from '../bench.ts'
import { type Figure, median } from '../figures.ts'
import { writeNotes } from '../notes.ts'
import { between, type WireCount } from '../wire.ts'

/** 1,000 notes written without a network: from its return until each has its receipt. The limit: one gzip POST of the texts. */
export const backOnline = async (bench: Bench, count = 1000): Promise<Figure[]> => {
  const browser = await bench.openBrowser()
  const loft = await bench.openWire(bench.loft)
  const limit = await bench.openWire(bench.limit)
  const ours: (WireCount & { ms: number })[] = []
  const limits: (WireCount & { ms: number })[] = []
  const { page } = browser

  await inTurn(
    bench.runs,
    async (run) => {
      const notes = writeNotes(count, 100 + run)
      const [person] = bench.newPeople(1)
      if (!person) return
      await openOurs(page, loft, person)
      await page.evaluate(([id, scope]) => window.ours.open(id, scope, false), [
        person.id,
        person.scope,
      ] as const)
      await page.evaluate((all) => window.ours.write(all), notes)
      await loft.quiet(500)
      const before = loft.count()
      const { ms } = await page.evaluate(() => window.ours.sendAll())
      await loft.quiet(500)
      ours.push({ ms, ...between(before, loft.count()) })
      await page.evaluate(() => window.ours.stop())
    },
    async (run) => {
      const notes = writeNotes(count, 100 + run)
      await openLimit(page, limit)
      await limit.quiet(500)
      const before = limit.count()
      const { ms } = await page.evaluate((all) => window.limit.post(all), notes)
      await limit.quiet(500)
      limits.push({ ms, ...between(before, limit.count()) })
    },
  )
  await browser.remove()
  bench.say(`back online, each run: ${ours.map(({ ms }) => ms.toFixed(0)).join(' ')} ms`)

  const of = (read: (one: WireCount & { ms: number }) => number) => ({
    value: median(ours.map(read)),
    limit: median(limits.map(read)),
  })
  return [
    {
      key: 'backOnlineMs',
      label: 'back online, 1,000 notes acknowledged',
      unit: 'ms',
      ...of(({ ms }) => ms),
      demand: { atMost: 1.5, of: 'limit' },
    },
    {
      key: 'backOnlineBytes',
      label: '  bytes up and down',
      unit: 'KB',
      ...of(({ up, down }) => (up + down) / 1000),
      demand: { atMost: 1.2, of: 'limit' },
    },
    {
      key: 'backOnlineBytesUp',
      label: '  bytes up',
      unit: 'KB',
      ...of(({ up }) => up / 1000),
      demand: { atMost: 1.2, of: 'limit' },
    },
    {
      key: 'backOnlineRequests',
      label: '  requests',
      unit: '',
      value: Math.max(...ours.map(({ requests }) => requests)),
      limit: null,
      demand: { atMost: 4, of: 'value' },
    },
  ]
}
