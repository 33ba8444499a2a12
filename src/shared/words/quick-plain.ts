import * as decoding from 'lib0/decoding'
import { isScalar, type PlainDocument } from './plain.ts'
import { isTextRoot } from './roots.ts'

/**
 * The plain words straight from the bytes of updates (V1), without a Y.Doc: many times faster, for a device that takes in a
 * thousand documents. Null whenever it is not certain of Yjs's answer; the caller then asks Yjs.
 *
 * An item is put in where its two neighbours, which it names, still stand side by side: there Yjs has nothing to decide
 * (https://github.com/yjs/yjs/blob/v13.6.33/src/structs/Item.js, `integrate`). Uncertain is everything else: two who wrote in
 * one place unseen by each other, something missing, content of other kinds, bytes that are no update.
 */
export const quickPlainOf = (updates: readonly Uint8Array[]): PlainDocument | null => {
  const sequences = new Map<string, Sequence>()
  const known = new Map<number, Item[]>()
  const deletes: Range[] = []
  try {
    for (const update of updates) {
      const decoder = decoding.createDecoder(update)
      integrate(readItems(decoder), known, sequences)
      readDeletes(decoder, deletes)
    }
    for (const range of deletes) markDeleted(range, known)
  } catch {
    return null
  }
  return plainOf(sequences)
}

interface Id {
  client: number
  clock: number
}
interface Range extends Id {
  length: number
}
/** As it stands in the update. */
interface ReadItem extends Range {
  origin: Id | null
  rightOrigin: Id | null
  /** Null = that of its neighbours. */
  parent: string | null
  /** The text; '' in items of scalars and in deleted ones. */
  text: string
  values: unknown[]
  deleted: boolean
}
/** In its place. */
interface Item extends Range {
  text: string
  values: unknown[]
  deleted: boolean
  left: Item | null
  right: Item | null
  sequence: Sequence
}
/** The items of a text root, or what one scalar has been, the last of which counts. */
interface Sequence {
  first: Item | null
  last: Item | null
}

class Uncertain extends Error {}
const uncertain = (): never => {
  throw new Uncertain()
}

// 1. Read the items, one list per client.

const readItems = (decoder: decoding.Decoder): ReadItem[][] => {
  const lists: ReadItem[][] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const items: ReadItem[] = []
    const count = decoding.readVarUint(decoder)
    const client = decoding.readVarUint(decoder)
    let clock = decoding.readVarUint(decoder)
    if (lists.some((list) => list[0]?.client === client)) uncertain()
    for (let n = 0; n < count; n++) {
      const item = readItem(decoder, client, clock)
      items.push(item)
      clock += item.length
    }
    if (items.length > 0) lists.push(items)
  }
  return lists
}

const hasOrigin = 0x80
const hasRightOrigin = 0x40
const hasKey = 0x20
const kinds = 0x1f
const deletedKind = 1
const stringKind = 4
const anyKind = 8

const readItem = (decoder: decoding.Decoder, client: number, clock: number): ReadItem => {
  const info = decoding.readUint8(decoder)
  const origin = info & hasOrigin ? readId(decoder) : null
  const rightOrigin = info & hasRightOrigin ? readId(decoder) : null
  let parent: string | null = null
  if (origin === null && rightOrigin === null) {
    if (decoding.readVarUint(decoder) !== 1) uncertain()
    const root = decoding.readVarString(decoder)
    const isText = isTextRoot(root)
    if ((!isText && root !== 's') || isText === (info & hasKey) > 0) uncertain()
    parent = isText ? root : `s/${decoding.readVarString(decoder)}`
  }
  const kind = info & kinds
  let [text, values, length]: [string, unknown[], number] = ['', [], 0]
  if (kind === stringKind) {
    text = decoding.readVarString(decoder)
    length = text.length
  } else if (kind === deletedKind || kind === anyKind) {
    length = decoding.readVarUint(decoder)
    if (kind === anyKind) for (let n = 0; n < length; n++) values.push(decoding.readAny(decoder))
  } else uncertain()
  if (length === 0) uncertain()
  return { client, clock, length, origin, rightOrigin, parent, text, values, deleted: kind === deletedKind }
}

const readId = (decoder: decoding.Decoder): Id => ({
  client: decoding.readVarUint(decoder),
  clock: decoding.readVarUint(decoder),
})

const readDeletes = (decoder: decoding.Decoder, deletes: Range[]): void => {
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder)
    for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges--)
      deletes.push({
        client,
        clock: decoding.readVarUint(decoder),
        length: decoding.readVarUint(decoder),
      })
  }
}
