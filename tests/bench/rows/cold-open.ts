import { type Bench, inTurn, openLimit, openOurs } from '../bench.ts'
import { type Figure, median } from '../figures.ts'
import { writeNotes } from '../notes.ts'

/**
 * A browser started on a profile with 1,000 notes: from the page's start until all texts are read. The limit: one getAll of the
 * same texts, in a page that loads nothing else.
 */
export const coldOpen = async (bench: Bench, count = 1000): Promise<Figure[]> => {
  const browser = await bench.openBrowser()
  const loft = await bench.openWire(bench.loft)
  const limit = await bench.openWire(bench.limit)
  const [person] = bench.newPeople(1)
  if (!person) return []
  const notes = writeNotes(count, 400)
  await openOurs(browser.page, loft, person)
  const of = [person.id, person.scope] as const
  await browser.page.evaluate(([id, scope]) => window.ours.open(id, scope, false), of)
  await browser.page.evaluate((all) => window.ours.write(all), notes)
  await browser.page.evaluate(() => window.ours.sendAll())
  await browser.page.evaluate(() => window.ours.stop())
  await openLimit(browser.page, limit)
  await browser.page.evaluate((all) => window.limit.fill('notes', all), notes)

  const ours: { ms: number; scriptMs: number }[] = []
  const limits: { ms: number; scriptMs: number }[] = []
  const restarted = async (): Promise<void> => {
    await browser.close()
    await browser.start()
  }
  const oneMore = async (isOurs: boolean): Promise<void> => {
    const { page } = browser
    if (isOurs) await openOurs(page, loft, person, `#cold=${person.id}=${person.scope}`)
    else await openLimit(page, limit, '#cold=notes')
    const read = await page.evaluate((own) => (own ? window.ours.cold : window.limit.cold), isOurs)
    if (read?.texts !== count) throw new Error(`${read?.texts} texts were read`)
    ;(isOurs ? ours : limits).push(read)
  }
  await inTurn(
    bench.runs,
    async () => {
      await restarted()
      await oneMore(true)
    },
    async () => {
      await restarted()
      await oneMore(false)
    },
  )
  await browser.remove()
  return [
    {
      key: 'coldOpenMs',
      label: 'cold open, 1,000 texts read',
      unit: 'ms',
      value: median(ours.map(({ ms }) => ms)),
      limit: median(limits.map(({ ms }) => ms)),
      demand: { atMost: 1.3, of: 'limit' },
    },
    {
      key: 'coldOpenScriptMs',
      label: '  from the start of the script',
      unit: 'ms',
      value: median(ours.map(({ scriptMs }) => scriptMs)),
      limit: median(limits.map(({ scriptMs }) => scriptMs)),
      demand: null,
    },
  ]
}
