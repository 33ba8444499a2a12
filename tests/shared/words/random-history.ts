import fc from 'fast-check'
import * as Y from 'yjs'
import {
  applyUpdates,
  clientIds,
  createDocument,
  onLocalUpdate,
  readPlain,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'

/** What one of several writers does; `at` and `remove` are cut to the text that is there. */
export type Step =
  | { kind: 'type'; who: number; root: number; text: string }
  | { kind: 'edit'; who: number; root: number; at: number; remove: number; text: string }
  | { kind: 'set'; who: number; key: number; value: string | number | string[] | null }
  | { kind: 'undo'; who: number }
  | { kind: 'meet'; who: number; other: number }

export interface Played {
  docs: Y.Doc[]
  /** Every local update in the order it was made. */
  updates: Uint8Array[]
}

export const roots = ['f/mål', 'f/tiltak/b1', 'f/plan/r1/kva']
const keys = ['val', 'val/b1', 'plan/r1/order']
const words = fc.oneof(
  fc.constantFrom('a', 'bc ', '😀', '👍🏿', 'é', 'ei setning. '),
  fc.string({ unit: 'binary', maxLength: 6 }),
)

export const steps = (writers: number, maxLength = 30): fc.Arbitrary<Step[]> => {
  const who = fc.nat(writers - 1)
  const root = fc.nat(roots.length - 1)
  const at = fc.nat(20)
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('type'), who, root, text: words }) },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('edit'),
          who,
          root,
          at,
          remove: fc.nat(6),
          text: fc.oneof(fc.constant(''), words),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('set'),
          who,
          key: fc.nat(keys.length - 1),
          value: fc.oneof(
            fc.integer(),
            words,
            fc.array(words, { maxLength: 3 }),
            fc.constant(null),
          ),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo'), who }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('meet'), who, other: fc.nat(writers - 1) }),
      },
    ) as fc.Arbitrary<Step>,
    { minLength: 1, maxLength },
  )
}

/** Client ids are fixed, so that a failing seed fails again. */
export const play = (script: readonly Step[], writers: number, gc = true): Played => {
  const updates: Uint8Array[] = []
  const writer = Array.from({ length: writers }, (_, index) => {
    // Neither ascending nor descending.
    clientIds.next = () => [7000, 300, 90_000_000][index] ?? index
    const doc = createDocument([], { gc })
    clientIds.next = null
    onLocalUpdate(doc, (update) => updates.push(update))
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['local']), captureTimeout: 0 })
    return { doc, undo }
  })
  const at = (index: number) => {
    const found = writer[index]
    if (found === undefined) throw new Error(`no writer ${index}`)
    return found
  }
  for (const step of script) {
    const { doc, undo } = at(step.who)
    if (step.kind === 'undo') undo.undo()
    else if (step.kind === 'set') writeScalars(doc, [[keys[step.key] ?? '', step.value]])
    else if (step.kind === 'meet') meet(doc, at(step.other).doc)
    else {
      const root = roots[step.root] ?? ''
      const text = readPlain(doc).texts[root] ?? ''
      if (step.kind === 'type') writeText(doc, root, text + step.text)
      else {
        const points = [...text]
        points.splice(step.at, step.remove, step.text)
        writeText(doc, root, points.join(''))
      }
    }
  }
  return { docs: writer.map(({ doc }) => doc), updates }
}

export const meet = (a: Y.Doc, b: Y.Doc): void => {
  applyUpdates(b, [Y.encodeStateAsUpdate(a, Y.encodeStateVector(b))])
  applyUpdates(a, [Y.encodeStateAsUpdate(b, Y.encodeStateVector(a))])
}
