import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { type Bench, openLimit, openOurs } from '../bench.ts'
import { type Figure, median } from '../figures.ts'
import { writeNotes } from '../notes.ts'
import { between, type Wire } from '../wire.ts'

const samples = 15
const task = 'notat-0001'

/**
 * Two browsers of one person. One word: from the completion of A's flush to the completion of B's transaction, and what went over
 * both wires until they were quiet. The limit: a bare POST that stores durably, an event, a strict put. Then both write
 * into one note without a network.
 */
export const twoDevices = async (bench: Bench): Promise<Figure[]> => {
  const [person] = bench.newPeople(1)
  if (!person) return []
  const browsers = [await bench.openBrowser(), await bench.openBrowser()] as const
  const [a, b] = [browsers[0].page, browsers[1].page]
  const open = async (wires: readonly [Wire, Wire]): Promise<void> => {
    for (const [page, wire] of [
      [a, wires[0]],
      [b, wires[1]],
    ] as const) {
      await openOurs(page, wire, person)
      await page.evaluate(([id, scope]) => window.ours.open(id, scope, true), [
        person.id,
        person.scope,
      ] as const)
    }
  }
  const loft = [await bench.openWire(bench.loft), await bench.openWire(bench.loft)] as const
  await open(loft)
  await a.evaluate((all) => window.ours.write(all), writeNotes(1, 600))
  // The first one comes before they listen to each other.
  await wholeWord(a, b, loft, 'innleiing', 70_000)
  // The limit in a second tab of each browser, in turn with ours.
  const bare = [await bench.openWire(bench.limit), await bench.openWire(bench.limit)] as const
  const [limitA, limitB] = [
    await browsers[0].context.newPage(),
    await browsers[1].context.newPage(),
  ]
  await openLimit(limitA, bare[0])
  await openLimit(limitB, bare[1])
  await limitB.evaluate(() => window.limit.listen('word'))

  const ours: { ms: number; bytes: number }[] = []
  const limits: { ms: number; bytes: number }[] = []
  while (ours.length < samples) {
    limits.push(await bareWord(limitA, limitB, bare, `fjord${limits.length}`))
    const sample = await wholeWord(a, b, loft, `fjord${ours.length}`, 70_000)
    ours.push(sample)
    if (sample.ms < 10_000) continue
    bench.say('one word came by polling alone; no more samples are taken')
    break
  }

  // Both without a network, one note.
  for (const page of [a, b]) await page.evaluate(() => window.ours.setOnline(false))
  await a.evaluate((one) => window.ours.typeWord(one, 'skreve på A'), task)
  await b.evaluate((one) => window.ours.typeWord(one, 'skreve på B'), task)
  for (const page of [a, b]) await page.evaluate(() => window.ours.sendAll())
  await a.evaluate(() => window.ours.setOnline(true))
  const hasBoth = async (page: Page): Promise<boolean> => {
    const text = await page.evaluate((one) => window.ours.text(one), task)
    return text.includes('skreve på A') && text.includes('skreve på B')
  }
  let kept = 0
  for (let tries = 0; tries < 100 && kept < 2; tries++) {
    await sleep(100)
    kept = [await hasBoth(a), await hasBoth(b)].filter(Boolean).length
  }

  for (const browser of browsers) await browser.remove()

  return [
    {
      key: 'oneWordMs',
      label: "one word in the other's database",
      unit: 'ms',
      value: median(ours.map(({ ms }) => ms)),
      limit: median(limits.map(({ ms }) => ms)),
      demand: { atMost: 1.5, of: 'limit' },
    },
    {
      key: 'oneWordBytes',
      label: '  bytes over both wires',
      unit: 'bytes',
      value: median(ours.map(({ bytes }) => bytes)),
      limit: median(limits.map(({ bytes }) => bytes)),
      demand: { atMost: 1300, of: 'value' },
    },
    {
      key: 'bothOfflineKept',
      label: 'one note edited on two devices offline: devices with both texts',
      unit: '',
      value: kept,
      limit: null,
      demand: { exactly: 2 },
    },
  ]
}

const wholeWord = async (
  a: Page,
  b: Page,
  wires: readonly [Wire, Wire],
  word: string,
  longestMs: number,
): Promise<{ ms: number; bytes: number }> => {
  const before = wires.map((wire) => wire.count())
  const arriving = b.evaluate(([one, end]) => window.ours.waitForEnd(one, end), [
    task,
    word,
  ] as const)
  const written = await a.evaluate(([one, typed]) => window.ours.typeWord(one, typed), [
    task,
    word,
  ] as const)
  const late = sleep(longestMs).then(() => {
    throw new Error(`${word} has not come`)
  })
  const arrivedAt = await Promise.race([arriving, late])
  await a.waitForFunction(() => window.ours.unsent() === 0)
  await Promise.all(wires.map((wire) => wire.quiet(1500)))
  const ms = arrivedAt + (await offset(b)) - (written.completedAt + (await offset(a)))
  return { ms, bytes: sumOf(wires, before) }
}

const bareWord = async (
  a: Page,
  b: Page,
  wires: readonly [Wire, Wire],
  word: string,
): Promise<{ ms: number; bytes: number }> => {
  const before = wires.map((wire) => wire.count())
  const arriving = b.evaluate((one) => window.limit.waitForWord(one), word)
  const { begunAt } = await a.evaluate((one) => window.limit.postWord(one), word)
  const arrivedAt = await arriving
  await Promise.all(wires.map((wire) => wire.quiet(300)))
  const ms = arrivedAt + (await offset(b)) - (begunAt + (await offset(a)))
  return { ms, bytes: sumOf(wires, before) }
}

const sumOf = (wires: readonly [Wire, Wire], before: ReturnType<Wire['count']>[]): number =>
  wires.reduce((sum, wire, index) => {
    const { up, down } = between(before[index] ?? { up: 0, down: 0, requests: 0 }, wire.count())
    return sum + up + down
  }, 0)

/** This process's clock minus the page's, from the quickest of some questions: both browsers are set by it. */
const offset = async (page: Page): Promise<number> => {
  let best = { took: Number.POSITIVE_INFINITY, offset: 0 }
  for (let n = 0; n < 15; n++) {
    const asked = performance.now()
    const there = await page.evaluate(() => performance.now())
    const took = performance.now() - asked
    if (took < best.took) best = { took, offset: asked + took / 2 - there }
  }
  return best.offset
}
