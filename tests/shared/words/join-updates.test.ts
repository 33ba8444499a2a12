import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  applyUpdates,
  createDocument,
  mergeUpdates,
  onLocalUpdate,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { joinUpdates } from '../../../src/shared/words/join-updates.ts'

const root = 'f/tanke'

const writer = (updates: Uint8Array[] = []) => {
  const doc = createDocument(updates, { gc: false })
  const written: Uint8Array[] = []
  onLocalUpdate(doc, (update) => written.push(update))
  return { doc, written }
}

test('nine keys are a few bytes more than one', () => {
  const { doc, written } = writer()
  const typed = (text: string): void => {
    const before = doc.getText(root).toString()
    for (let n = 1; n <= text.length; n++) writeText(doc, root, before + text.slice(0, n))
  }
  typed('Eg ')
  const first = written.splice(0).length
  expect(first).toBe(3)
  typed('tenkjer ')
  const joined = joinUpdates(written)
  expect(joined.length).toBeLessThan(mergeUpdates(written).length / 3)
  expect(Y.decodeUpdate(joined).structs).toHaveLength(1)
})

type Act = { at: number; remove: number; insert: string; elsewhere: boolean }
const act: fc.Arbitrary<Act> = fc.record({
  at: fc.nat(30),
  remove: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3)),
  insert: fc.constantFrom('a', 'å', 'ord ', '🚆', ''),
  elsewhere: fc.boolean(),
})
const perform = (doc: Y.Doc, { at, remove, insert, elsewhere }: Act): void => {
  const name = elsewhere ? 'f/anna' : root
  const letters = [...doc.getText(name).toString()]
  // Mostly where the last one ended, as people write.
  letters.splice(at > 15 ? letters.length : at, remove, insert)
  writeText(doc, name, letters.join(''))
  if (insert === '') writeScalars(doc, [['val', at]])
}

test('joined and apart, in whatever order two devices get them, they say the same', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 12 }),
      fc.array(act, { minLength: 1, maxLength: 25 }),
      fc.array(act, { minLength: 1, maxLength: 25 }),
      (before, left, right) => {
        const base = writer()
        for (const one of before) perform(base.doc, one)
        const [a, b] = [writer([wholeState(base.doc)]), writer([wholeState(base.doc)])]
        for (const one of left) perform(a.doc, one)
        for (const one of right) perform(b.doc, one)

        const apart = createDocument([wholeState(base.doc), ...a.written, ...b.written])
        const expected = [readPlain(apart), Y.encodeStateVector(apart)]
        const [ofA, ofB] = [joinUpdates(a.written), joinUpdates(b.written)]
        const orders = [
          [ofA, ofB],
          [ofB, ofA],
          [ofA, ...b.written],
          [...b.written, ofA],
          [ofA, ofA, ofB],
        ]
        for (const order of orders) {
          const doc = createDocument([wholeState(base.doc)])
          applyUpdates(doc, order)
          expect([readPlain(doc), Y.encodeStateVector(doc)]).toEqual(expected)
          expect(doc.store.pendingStructs).toBeNull()
        }
      },
    ),
  )
})

test('what builds upon the middle of a joined text finds its place', () => {
  const one = writer()
  for (const text of ['a', 'ab', 'abc', 'abcd']) writeText(one.doc, root, text)
  const two = writer([wholeState(one.doc)])
  writeText(two.doc, root, 'abXcd')
  const doc = createDocument([joinUpdates(one.written), ...two.written])
  expect(readPlain(doc).texts[root]).toBe('abXcd')
})

test('a key before what another has put in meanwhile is not joined to the one before', () => {
  const one = writer()
  writeText(one.doc, root, 'a')
  const two = writer([wholeState(one.doc)])
  writeText(two.doc, root, 'aX')
  applyUpdates(one.doc, two.written)
  writeText(one.doc, root, 'abX')
  const joined = joinUpdates(one.written)
  for (const order of [
    [joined, ...two.written],
    [...two.written, joined],
  ])
    expect(readPlain(createDocument(order)).texts[root]).toBe('abX')
  expect(Y.decodeUpdate(joined).structs).toHaveLength(2)
})

test('what cannot be read, or has gaps, comes back as it was merged', () => {
  const { doc, written } = writer()
  for (const text of ['a', 'ab', 'abc']) writeText(doc, root, text)
  const gapped = [written[0], written[2]].filter((update) => update !== undefined)
  expect(joinUpdates(gapped)).toEqual(mergeUpdates(gapped))
  const nonsense = Uint8Array.of(7, 7, 7)
  expect(joinUpdates([nonsense])).toEqual(nonsense)
})
