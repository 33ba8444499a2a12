import type { Bench } from '../bench.ts'
import { accepted, answerOf, post, syncRequest } from '../clients.ts'
import type { Figure } from '../figures.ts'
import { writeNotes } from '../notes.ts'

const count = 200

/** 200 notes, the server killed at the very acknowledgement, started again: what it has. */
export const killed = async (bench: Bench): Promise<Figure[]> => {
  const left: number[] = []
  for (let run = 0; run < bench.runs; run++) {
    const [person] = bench.newPeople(1)
    if (!person) continue
    const pushing = await syncRequest(person, writeNotes(count, 500 + run))
    const pushed = await post(bench.loft.port, pushing)
    bench.loft.kill()
    if (accepted(pushed.body) !== count) throw new Error('the notes were not taken')
    await bench.loft.restart()
    const pulled = await post(bench.loft.port, await syncRequest(person, []))
    const { items } = answerOf(pulled.body)
    left.push(new Set(items.map((item) => item.doc)).size)
  }
  return [
    {
      key: 'killedNotesLeft',
      label: 'server killed at the acknowledgement, notes left of 200',
      unit: '',
      value: Math.min(...left),
      limit: null,
      demand: { exactly: count },
    },
  ]
}
