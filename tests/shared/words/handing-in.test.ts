import { describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import {
  clientIds,
  createDocument,
  onLocalUpdate,
  readPlain,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { changedSince, handedInSeq } from '../../../src/shared/words/handed-in-history.ts'
import {
  encodeHandingIn,
  handedInKey,
  handingInOf,
  wordsFingerprint,
} from '../../../src/shared/words/handing-in.ts'
import { emptyPlain } from '../../../src/shared/words/plain.ts'
import type { HistoryEntry } from '../../../src/shared/words/replay.ts'
import { createUndo } from '../../../src/shared/words/undo.ts'

const tablet = (clientId: number) => {
  clientIds.next = () => clientId
  const doc = createDocument()
  clientIds.next = null
  const updates: Uint8Array[] = []
  onLocalUpdate(doc, (update) => updates.push(update))
  return {
    doc,
    updates,
    write: (text: string) => writeText(doc, 'f/mål', text),
    handIn: (id: string) => handIn(doc, id),
  }
}
const handIn = (doc: Y.Doc, id: string) =>
  writeScalars(doc, [[handedInKey, encodeHandingIn({ id, at: 5, label: 'KH' })]])
const historyOf = (updates: Uint8Array[]): HistoryEntry[] =>
  updates.map((update, index) => ({ seq: index + 1, at: 0, author: 'a', update }))

describe('handing in', () => {
  test('is read from the document', () => {
    const { doc, handIn } = tablet(1)
    expect(handingInOf(readPlain(doc))).toBeNull()
    handIn('x')
    expect(handingInOf(readPlain(doc))).toEqual({ id: 'x', at: 5, label: 'KH' })
  })

  test.each(['', '{}', 'null', '{"id":"a","at":"b","label":"c"}', 7, null])(
    'that is broken (%j) is none',
    (value) => {
      expect(handingInOf({ ...emptyPlain(), scalars: { [handedInKey]: value } })).toBeNull()
    },
  )

  test('stands at the update that brought it, and moves when it is done again', () => {
    const { updates, write, handIn } = tablet(1)
    write('utkast')
    expect(handedInSeq(historyOf(updates))).toBeNull()
    handIn('ein')
    write('utkast, retta')
    expect(handedInSeq(historyOf(updates))).toBe(2)
    handIn('to')
    write('utkast, retta att')
    expect(handedInSeq(historyOf(updates))).toBe(4)
    // The same again, as a device sends what it got no answer to.
    expect(handedInSeq(historyOf([...updates, ...updates]))).toBe(4)
  })

  test.each([
    [1, 2],
    [2, 1],
  ])('on two tablets offline stands at the one that came last (%i, %i)', (first, second) => {
    const [a, b] = [tablet(first), tablet(second)]
    a.handIn('a')
    b.write('frå den andre')
    b.handIn('b')
    expect(handedInSeq(historyOf([...a.updates, ...b.updates]))).toBe(3)
    expect(handedInSeq(historyOf([...b.updates, ...a.updates]))).toBe(3)
  })

  test('goes back when it is undone', () => {
    const { doc, updates, write, handIn } = tablet(1)
    let time = 0
    const undo = createUndo(doc, () => {
      time += 1000
      return time
    })
    write('ein')
    handIn('ein')
    write('to')
    handIn('to')
    undo.undo()
    expect(handedInSeq(historyOf(updates))).toBe(2)
    undo.undo()
    undo.undo()
    expect(handedInSeq(historyOf(updates))).toBeNull()
  })

  // Erasing changes who handed in, at the newest as a value of its own, and at all in the bytes.
  test.each([
    ['alone', ['a'], 1],
    ['with another one unseen', ['a', 'b'], 2],
  ])('stays where it was when its label is erased (%s)', (_, ids, expected) => {
    const tablets = ids.map((_id, n) => tablet(9 - n))
    for (const [n, id] of ids.entries()) tablets[n]?.handIn(id)
    const history = tablets.flatMap(({ updates }) => updates)
    expect(handedInSeq(historyOf(history))).toBe(expected)
    const server = createDocument(history)
    const erasing: Uint8Array[] = []
    onLocalUpdate(server, (update) => erasing.push(update))
    const handed = handingInOf(readPlain(server))
    expect(handed?.id).toBe('a') // of the larger client id
    const erased = encodeHandingIn({ id: 'a', at: 5, label: '-' })
    writeScalars(server, [[handedInKey, erased]])
    expect(handedInSeq(historyOf([...history, ...erasing]))).toBe(expected)
  })

  test('stays where an undo has put it when its label is erased', () => {
    const { doc, updates, handIn } = tablet(1)
    let time = 0
    const undo = createUndo(doc, () => {
      time += 1000
      return time
    })
    handIn('a')
    handIn('b')
    undo.undo()
    expect(handedInSeq(historyOf(updates))).toBe(1)
    writeScalars(doc, [[handedInKey, encodeHandingIn({ id: 'a', at: 5, label: '-' })]])
    expect(handedInSeq(historyOf(updates))).toBe(1)
  })

  test('survives updates that cannot be read', () => {
    const { updates, handIn } = tablet(1)
    handIn('ein')
    expect(handedInSeq(historyOf([Uint8Array.of(7, 7), ...updates]))).toBe(2)
  })
})

describe('what is handed in', () => {
  test('has changed when other words are there, not when it is only handed in again', () => {
    const { doc, updates, write, handIn } = tablet(1)
    write('utkast')
    handIn('ein')
    expect(changedSince(historyOf(updates), 2)).toBe(false)
    handIn('to')
    expect(changedSince(historyOf(updates), 2)).toBe(false)
    write('utkast!')
    expect(changedSince(historyOf(updates), 2)).toBe(true)
    write('utkast')
    expect(changedSince(historyOf(updates), 2)).toBe(false)
    writeScalars(doc, [['val/b1', 'ja']])
    expect(changedSince(historyOf(updates), 2)).toBe(true)
  })
})

describe('the fingerprint of what was handed in', () => {
  const plain = { texts: { 'f/a/b1': 'Nattevaktene' }, scalars: { 'val/b1': 'ja' } }
  const handed = encodeHandingIn({ id: 'x', at: 5, label: 'KH', words: wordsFingerprint(plain) })

  test('is equal as long as the words are, and is kept in the handing in', () => {
    const after = {
      ...plain,
      scalars: { ...plain.scalars, [handedInKey]: handed, 'block/b2': 'HR' },
    }
    expect(handingInOf(after)?.words).toBe(wordsFingerprint(after))
  })

  test('differs when a text or a choice has changed', () => {
    const before = wordsFingerprint(plain)
    expect(wordsFingerprint({ ...plain, texts: { 'f/a/b1': 'Dagvaktene' } })).not.toBe(before)
    expect(wordsFingerprint({ ...plain, scalars: { 'val/b1': 'nei' } })).not.toBe(before)
    expect(wordsFingerprint({ ...plain, texts: { ...plain.texts, 'f/b/b2': 'Og' } })).not.toBe(
      before,
    )
  })
})
