import { type Bench, inTurn, openLimit, openOurs } from '../bench.ts'
import { answerOf, post, syncRequest } from '../clients.ts'
import { type Figure, median } from '../figures.ts'
import { writeNotes } from '../notes.ts'
import { between } from '../wire.ts'

/**
 * A browser with an empty profile, signed in: from the words' opening until 1,000 texts are in its database. The limit: one GET of
 * the texts, gzipped, and one strict transaction with a put for each.
 */
export const newDevice = async (bench: Bench, count = 1000): Promise<Figure[]> => {
  const notes = writeNotes(count, 200)
  const [person] = bench.newPeople(1)
  if (!person) return []
  for (let first = 0; first < count; first += 200) {
    const pushed = await post(
      bench.loft.port,
      await syncRequest(person, notes.slice(first, first + 200)),
    )
    if (answerOf(pushed.body).acks.length === 0) throw new Error('the notes were not taken')
  }
  const filling = await fetch(`http://127.0.0.1:${bench.limit.port}/notes`, {
    method: 'POST',
    body: JSON.stringify(notes),
  })
  if (!filling.ok) throw new Error('the notes were not taken')

  const ours: { ms: number; bytes: number }[] = []
  const limits: { ms: number; bytes: number }[] = []
  await inTurn(
    bench.runs,
    async () => {
      const browser = await bench.openBrowser()
      const wire = await bench.openWire(bench.loft)
      await openOurs(browser.page, wire, person)
      await wire.quiet(300)
      const before = wire.count()
      const { ms } = await browser.page.evaluate(
        ([id, scope, all]) => window.ours.receive(id, scope, all),
        [person.id, person.scope, count] as const,
      )
      await wire.quiet(300)
      const { up, down } = between(before, wire.count())
      ours.push({ ms, bytes: up + down })
      await browser.remove()
    },
    async () => {
      const browser = await bench.openBrowser()
      const wire = await bench.openWire(bench.limit)
      await openLimit(browser.page, wire)
      await wire.quiet(300)
      const before = wire.count()
      const { ms } = await browser.page.evaluate((all) => window.limit.receive('new', all), count)
      const { up, down } = between(before, wire.count())
      limits.push({ ms, bytes: up + down })
      await browser.remove()
    },
  )
  return [
    {
      key: 'newDeviceMs',
      label: 'new device, 1,000 texts in its database',
      unit: 'ms',
      value: median(ours.map(({ ms }) => ms)),
      limit: median(limits.map(({ ms }) => ms)),
      demand: { atMost: 1.2, of: 'limit' },
    },
    {
      key: 'newDeviceBytes',
      label: '  bytes up and down',
      unit: 'KB',
      value: median(ours.map(({ bytes }) => bytes)) / 1000,
      limit: median(limits.map(({ bytes }) => bytes)) / 1000,
      demand: null,
    },
  ]
}
