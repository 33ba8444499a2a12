import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  applyUpdates,
  createDocument,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { claimsTooMuch } from '../../../src/shared/words/update-claims.ts'

/** One update with the words of so many clients, deletions, choices and undone things among them. */
const written = (clients: number): Uint8Array => {
  const all = createDocument([], { gc: false })
  for (let client = 0; client < clients; client++) {
    const doc = createDocument([Y.encodeStateAsUpdate(all)])
    writeText(doc, 'f/svar', `${doc.getText('f/svar')} Ord frå ${client} 🙂`)
    writeText(doc, 'f/svar', doc.getText('f/svar').toString().slice(3))
    writeScalars(doc, [
      ['val', client],
      ['fleire', ['a', 'b']],
      ['ja', true],
      ['ingen', null],
    ])
    applyUpdates(all, [Y.encodeStateAsUpdate(doc)])
  }
  return Y.encodeStateAsUpdate(all)
}
/** Sections of one struct each, and then one that says it has many. */
const claiming = (structs: number, before: number): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, before + 1)
  for (let client = 1; client <= before; client++) {
    for (const value of [1, client, 0]) encoding.writeVarUint(encoder, value)
    encoding.writeUint8(encoder, 4) // text, of a root
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'f/a')
    encoding.writeVarString(encoder, 'x')
  }
  for (const value of [structs, 9, 0]) encoding.writeVarUint(encoder, value)
  return encoding.toUint8Array(encoder)
}

describe('an update that claims more structs than it has bytes', () => {
  it.each([0, 1, 20])('is not read, wherever it claims so (after %i others)', (before) => {
    const update = claiming(30_000_000, before)
    expect(claimsTooMuch(update)).toBe(true)
    const doc = createDocument()
    expect(applyUpdates(doc, [update, written(2)])).toBe(1)
    expect(doc.getText('f/svar').toString()).toContain('Ord frå 1')
  })

  it('is never one that a device has written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (clients) => {
        expect(claimsTooMuch(written(clients))).toBe(false)
      }),
      { numRuns: 20 },
    )
    // Kinds that Løft does not write, which others may.
    const doc = new Y.Doc()
    doc.getMap('m').set('inner', new Y.Map([['a', new Uint8Array([1, 2])]]))
    doc.getText('t').insertEmbed(0, { a: 1 })
    doc.getText('t').format(0, 1, { bold: true })
    const other = new Y.Doc()
    other.getArray('l').push([1, { b: [2] }, 'c'])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    expect(claimsTooMuch(Y.encodeStateAsUpdate(doc))).toBe(false)
    expect(claimsTooMuch(Uint8Array.of(0, 0))).toBe(false)
  })

  it('is refused only where Yjs could not read it either', () => {
    const update = written(3)
    fc.assert(
      fc.property(fc.nat(update.length - 1), fc.nat(255), (at, value) => {
        const changed = update.with(at, value)
        if (!claimsTooMuch(changed)) return
        expect(() => Y.parseUpdateMeta(changed)).toThrow()
      }),
      { numRuns: 500 },
    )
  })
})
