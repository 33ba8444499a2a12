import { describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import {
  applyUpdates,
  createDocument,
  onLocalUpdate,
  plainOfUpdates,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { createUndo } from '../../../src/shared/words/undo.ts'

const root = 'f/mål/b1'

const opened = () => {
  const doc = createDocument()
  let time = 1000
  const undo = createUndo(doc, () => time)
  const updates: Uint8Array[] = []
  const touched: string[][] = []
  onLocalUpdate(doc, (update, keys) => {
    updates.push(update)
    touched.push(keys)
  })
  const read = (from = root): string => readPlain(doc).texts[from] ?? ''
  return {
    doc,
    undo,
    updates,
    touched,
    read,
    value: (key: string) => readPlain(doc).scalars[key],
    wait: (ms = 1000) => {
      time += ms
    },
    /** One change per key, as the page writes it. */
    type: (text: string, into = root) => {
      for (const point of text) {
        time += 100
        writeText(doc, into, read(into) + point)
      }
    },
    /** Somebody else changes the document, having seen all that is here. */
    other: (change: (doc: Y.Doc) => void) => {
      const theirs = createDocument([wholeState(doc)])
      change(theirs)
      applyUpdates(doc, [wholeState(theirs)])
    },
  }
}

describe('undo', () => {
  test('takes back what was typed since the last pause', () => {
    const { undo, type, wait, read } = opened()
    type('Først')
    wait()
    type(' og sist')
    expect(undo.undo()).toBe(true)
    expect(read()).toBe('Først')
    expect(undo.undo()).toBe(true)
    expect(read()).toBe('')
    expect(undo.undo()).toBe(false)
  })

  test('takes back one sentence of a long flow', () => {
    const { undo, type, read } = opened()
    type('Ei setning. Ei til... Og ei')
    undo.undo()
    expect(read()).toBe('Ei setning. Ei til...')
    undo.undo()
    expect(read()).toBe('Ei setning.')
  })

  test('takes back a long paste in one step', () => {
    const { undo, doc, type, wait, read } = opened()
    type('Før: ')
    wait()
    writeText(doc, root, `Før: ${'Ja.\n'.repeat(30_000)}`)
    undo.undo()
    expect(read()).toBe('Før: ')
  })

  test('goes from field to field', () => {
    const { undo, type, read } = opened()
    type('eitt')
    type('to', 'f/tiltak/b1')
    undo.undo()
    expect([read(), read('f/tiltak/b1')]).toEqual(['eitt', ''])
  })

  test('leaves what somebody else has written meanwhile, in another block and in the same text', () => {
    const { undo, type, other, wait, read } = opened()
    type('Eg skriv')
    other((theirs) => {
      writeText(theirs, 'f/mål/b2', 'Ho skriv')
      writeText(theirs, root, 'Eg (og ho) skriv')
    })
    wait()
    type('!')
    undo.undo()
    expect(read()).toBe('Eg (og ho) skriv')
    undo.undo()
    expect([read(), read('f/mål/b2')]).toEqual(['(og ho) ', 'Ho skriv'])
    expect(undo.canUndo()).toBe(false)
  })

  test('brings deleted words back, between those of others', () => {
    const { undo, doc, type, other, wait, read } = opened()
    type('ein to tre')
    wait()
    writeText(doc, root, 'ein tre')
    other((theirs) => writeText(theirs, root, 'ein tre fire'))
    undo.undo()
    expect(read()).toBe('ein to tre fire')
  })

  test('does not touch what was there when the document was opened', () => {
    const { undo, other } = opened()
    other((theirs) => writeText(theirs, root, 'frå før'))
    expect(undo.canUndo()).toBe(false)
    expect(undo.undo()).toBe(false)
  })

  test('is redone, until something new is written', () => {
    const { undo, type, wait, read } = opened()
    type('ein')
    wait()
    type(' to')
    undo.undo()
    undo.undo()
    expect(undo.redo()).toBe(true)
    expect(undo.redo()).toBe(true)
    expect(read()).toBe('ein to')
    undo.undo()
    type('!')
    expect(undo.canRedo()).toBe(false)
    expect(undo.redo()).toBe(false)
    expect(read()).toBe('ein!')
  })

  test('gives a choice its earlier value, and none where there was none', () => {
    const { undo, doc, wait, value } = opened()
    writeScalars(doc, [['val', 'ja']])
    wait()
    writeScalars(doc, [['val', 'nei']])
    undo.undo()
    expect(value('val')).toBe('ja')
    undo.undo()
    expect(value('val')).toBeUndefined()
    undo.redo()
    expect(value('val')).toBe('ja')
  })

  test('does not change a choice that somebody else has made after', () => {
    const { undo, doc, other, value } = opened()
    writeScalars(doc, [['val', 'ja']])
    other((theirs) => writeScalars(theirs, [['val', 'kanskje']]))
    undo.undo()
    expect(value('val')).toBe('kanskje')
  })

  test('is a local change that tells what it touched', () => {
    const { undo, doc, type, wait, updates, touched, read } = opened()
    type('ord')
    wait()
    writeScalars(doc, [
      ['val/b1', 'ja'],
      ['rang/b1', ['a']],
    ])
    touched.length = 0
    undo.undo()
    undo.undo()
    undo.redo()
    expect(touched.map((keys) => keys.sort())).toEqual([['s/rang/b1', 's/val/b1'], [root], [root]])
    expect(read()).toBe('ord')
    expect(plainOfUpdates(updates)).toEqual(readPlain(doc))
  })

  describe('within a question', () => {
    const other = 'f/tiltak/b1'
    const label = 'block/b1'
    const within =
      (...keys: string[]) =>
      (key: string): boolean =>
        keys.includes(key)

    test('takes back what was written last there, though other things were written after', () => {
      const { undo, type, wait, read } = opened()
      type('Eitt.')
      wait()
      type('To.')
      type('Anna', other)
      expect(undo.undo(within(root))).toBe(true)
      expect([read(), read(other)]).toEqual(['Eitt.', 'Anna'])
      expect(undo.undo(within(other))).toBe(true)
      expect([read(), read(other)]).toEqual(['Eitt.', ''])
      expect(undo.redo(within(root))).toBe(true)
      expect([read(), read(other)]).toEqual(['Eitt.To.', ''])
      expect(undo.redo(within(other))).toBe(true)
      expect(read(other)).toBe('Anna')
    })

    test('touches nothing elsewhere, and says so', () => {
      const { undo, type, read } = opened()
      type('Eitt')
      expect([undo.canUndo(within(other)), undo.canUndo(within(root))]).toEqual([false, true])
      expect(undo.undo(within(other))).toBe(false)
      expect(read()).toBe('Eitt')
      undo.undo(within(root))
      expect([undo.canRedo(within(other)), undo.canRedo(within(root))]).toEqual([false, true])
      expect(undo.redo(within(other))).toBe(false)
      expect(read()).toBe('')
    })

    test('passes over a choice that others have changed since, and goes to no other question', () => {
      const { undo, doc, type, other: somebody, wait, read, value } = opened()
      type('Tekst', other)
      wait()
      writeScalars(doc, [['val', 'ja']])
      somebody((theirs) => writeScalars(theirs, [['val', 'kanskje']]))
      undo.undo(within('s/val'))
      expect([read(other), value('val')]).toEqual(['Tekst', 'kanskje'])
      expect(undo.canUndo(within(other))).toBe(true)
    })

    test('whose block it is goes with the first words, and comes again with them', () => {
      const { undo, doc, type, wait, read, value } = opened()
      type('Før', other)
      wait()
      writeScalars(doc, [[label, 'HR-leiar']])
      type('Ord')
      undo.undo(within(root))
      expect([read(), value(label), read(other)]).toEqual(['', undefined, 'Før'])
      undo.redo(within(root))
      expect([read(), value(label)]).toEqual(['Ord', 'HR-leiar'])
    })
  })
})
