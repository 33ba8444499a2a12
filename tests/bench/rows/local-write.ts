import { type Bench, inTurn, openOurs } from '../bench.ts'
import { type Figure, median } from '../figures.ts'
import { writeNotes } from '../notes.ts'

const writesEachRun = 40

/**
 * One more word in one of 1,000 notes: from the flush's start until its transaction is complete. The limit: one strict transaction
 * with one put of the same text and 40 bytes for the update, into a database with as many notes, in turn with ours on the same
 * page. (Ours makes three rows durable: the update, the outbox entry and the document's text.)
 */
export const localWrite = async (bench: Bench, count = 1000): Promise<Figure[]> => {
  const browser = await bench.openBrowser()
  const wire = await bench.openWire(bench.loft)
  const [person] = bench.newPeople(1)
  if (!person) return []
  const notes = writeNotes(count, 300)
  const { page } = browser
  await openOurs(page, wire, person)
  await page.evaluate(([id, scope]) => window.ours.open(id, scope, false), [
    person.id,
    person.scope,
  ] as const)
  await page.evaluate((all) => window.ours.write(all), notes)
  await page.evaluate(() => window.ours.sendAll())
  await page.evaluate(() => window.ours.setOnline(false))
  await page.evaluate((all) => window.ours.raw.fill('limit', all), notes)

  const ours: number[] = []
  const untilClosed: number[] = []
  const limits: number[] = []
  const noteOf = (n: number) => {
    const note = notes[(n * 7) % count]
    if (!note) throw new Error('no notes')
    return note
  }
  await inTurn(
    bench.runs * writesEachRun,
    async (n) => {
      const { task } = noteOf(n)
      const written = await page.evaluate((one) => window.ours.typeWord(one, 'fjorden'), task)
      ours.push(written.ms)
      untilClosed.push(written.closedMs)
    },
    async (n) => {
      const note = noteOf(n)
      const longer = { ...note, text: `${note.text} fjorden` }
      const put = await page.evaluate((one) => window.ours.raw.putOne('limit', one), longer)
      limits.push(put.ms)
    },
  )
  await browser.remove()
  return [
    {
      key: 'localWriteMs',
      label: 'local write p50, flush to completion',
      unit: 'ms',
      value: median(ours),
      limit: median(limits),
      demand: { atMost: 1.3, of: 'limit' },
    },
    {
      key: 'localWriteShownMs',
      label: '  until the page has been told',
      unit: 'ms',
      value: median(untilClosed),
      limit: median(limits),
      demand: null,
    },
  ]
}
