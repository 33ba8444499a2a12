// That one look at the end finds what looking after each update found, in whatever order things come.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { erasedLabel } from '../../../src/shared/words/blocks.ts'
import {
  applyUpdates,
  clientIds,
  createDocument,
  mergeUpdates,
  onLocalUpdate,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { handedInSeq } from '../../../src/shared/words/handed-in-history.ts'
import {
  decodeHandingIn,
  encodeHandingIn,
  type HandingIn,
  handedInKey,
} from '../../../src/shared/words/handing-in.ts'
import { type HistoryEntry, replay } from '../../../src/shared/words/replay.ts'
import { scalarsOf } from '../../../src/shared/words/touched-keys.ts'
import { createUndo } from '../../../src/shared/words/undo.ts'

/** The same question, answered by looking at all handings in after each update. */
const byLookingEachTime = (history: readonly HistoryEntry[]): number | null => {
  const seqById = new Map<string, number>()
  let all: HandingIn[] = []
  let current: HandingIn | null = null
  replay(history, (doc, { seq }) => {
    const scalars = scalarsOf(doc)
    current = decodeHandingIn(scalars.get(handedInKey))
    all = []
    for (let item = scalars._map.get(handedInKey) ?? null; item !== null; item = item.left)
      all.push(...item.content.getContent().flatMap((value) => decodeHandingIn(value) ?? []))
    for (const { id } of all) if (!seqById.has(id)) seqById.set(id, seq)
  })
  if (current === null) return null
  const { id } = current as HandingIn
  const times = all.filter((one) => one.id === id && one.label !== erasedLabel)
  if (times.length > 1) return seqById.get(id) ?? null
  return Math.max(...seqById.values())
}

const historyOf = (updates: readonly Uint8Array[]): HistoryEntry[] =>
  updates.map((update, index) => ({ seq: index * 3 + 1, at: 0, author: 'a', update }))

const handIn = (doc: Y.Doc, id: string, label = 'KH') =>
  writeScalars(doc, [[handedInKey, encodeHandingIn({ id, at: 5, label })]])

const step = fc.record({
  device: fc.nat(2),
  act: fc.constantFrom(
    ...(['hand-in', 'hand-in', 'write', 'undo', 'redo', 'erase', 'withdraw'] as const),
    ...(['hear', 'push', 'push', 'push-as-one', 'push-whole', 'broken'] as const),
  ),
})

/** What three devices have sent, in the order in which it arrived; some things twice, as one, late or unreadable. */
const arrivedFrom = (steps: readonly { device: number; act: string }[]): Uint8Array[] => {
  const arrived: Uint8Array[] = []
  let time = 0
  const devices = [5, 9, 2].map((clientId) => {
    clientIds.next = () => clientId
    const doc = createDocument([], { gc: false })
    clientIds.next = null
    const unsent: Uint8Array[] = []
    onLocalUpdate(doc, (update) => unsent.push(update))
    const undo = createUndo(doc, () => {
      time += 1000
      return time
    })
    return { doc, unsent, undo }
  })
  for (const [index, { device, act }] of steps.entries()) {
    const one = devices[device]
    if (!one) continue
    const { doc, unsent, undo } = one
    if (act === 'hand-in') handIn(doc, `h${index}`)
    if (act === 'write') writeText(doc, 'f/mål', `utkast ${index}`)
    if (act === 'undo') undo.undo()
    if (act === 'redo') undo.redo()
    if (act === 'withdraw') writeScalars(doc, [[handedInKey, null]])
    if (act === 'erase') {
      const handed = decodeHandingIn(scalarsOf(doc).get(handedInKey))
      if (handed) handIn(doc, handed.id, erasedLabel)
    }
    if (act === 'hear') applyUpdates(doc, arrived)
    if (act === 'push') arrived.push(...unsent.splice(0, 1))
    if (act === 'push-as-one' && unsent.length > 0)
      arrived.push(mergeUpdates(unsent.splice(0, unsent.length)))
    if (act === 'push-whole') arrived.push(Y.encodeStateAsUpdate(doc))
    if (act === 'broken') arrived.push(Uint8Array.of(7, 7))
  }
  // What was written last may come first, and builds upon what is missing until the rest is there.
  for (const { unsent } of devices) arrived.push(...unsent.toReversed())
  return arrived
}

test('is what looking after each update finds, whatever three devices have sent', () => {
  const seen = { handedIn: 0, later: 0 }
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 40 }), (steps) => {
      const history = historyOf(arrivedFrom(steps))
      const seq = handedInSeq(history)
      expect(seq).toBe(byLookingEachTime(history))
      if (seq !== null) seen.handedIn++
      if (seq !== null && seq > 1) seen.later++
    }),
    { numRuns: 400 },
  )
  // The histories are worth asking about.
  expect(seen.handedIn).toBeGreaterThan(100)
  expect(seen.later).toBeGreaterThan(50)
})

test('of a sheet that is handed in again and again costs what its updates cost', () => {
  const doc = createDocument()
  const updates: Uint8Array[] = []
  onLocalUpdate(doc, (update) => updates.push(update))
  for (let time = 0; time < 4000; time++) handIn(doc, `${time}`)
  for (let time = 0; time < 4000; time++) writeText(doc, 'f/a', `${time}`)
  // How often a handing in is looked at, since time depends on the machine.
  let looks = 0
  const parse = JSON.parse
  JSON.parse = (...asked: Parameters<typeof parse>) => {
    looks++
    return parse(...asked)
  }
  try {
    expect(handedInSeq(historyOf(updates))).toBe(3999 * 3 + 1)
  } finally {
    JSON.parse = parse
  }
  expect(looks).toBeLessThan(5000)
})
