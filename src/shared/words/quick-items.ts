import * as decoding from 'lib0/decoding'
import { isTextRoot } from './roots.ts'

// Reads Yjs updates of the V1 format into plain objects, as far as our own documents have their content:
// https://github.com/yjs/yjs/blob/v13.6.33/src/utils/encoding.js, `readClientsStructRefs`.

export interface Id {
  client: number
  clock: number
}
export interface Range extends Id {
  length: number
}
/** An item as it stands in an update. */
export interface ReadItem extends Range {
  origin: Id | null
  rightOrigin: Id | null
  /** Null = where its neighbours are. */
  sequence: string | null
  kind: 'text' | 'values' | 'deleted'
  text: string
  values: unknown[]
}
export interface ReadUpdate {
  /** In the order of their clocks, one list per client. */
  items: ReadItem[][]
  deletes: Range[]
}

/** Throws at bytes that are no update, and at anything that our own documents do not hold. */
export const readUpdate = (update: Uint8Array): ReadUpdate => {
  const decoder = decoding.createDecoder(update)
  return { items: readItems(decoder), deletes: readDeletes(decoder) }
}

/** A scalar's sequence: what it has been, newest last. A text's is named like its root. */
export const scalarSequence = (key: string): string => `s/${key}`

export const uncertain = (): never => {
  throw new Error('to be read by Yjs')
}

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
  let sequence: string | null = null
  if (origin === null && rightOrigin === null) {
    if (decoding.readVarUint(decoder) !== 1) uncertain()
    const root = decoding.readVarString(decoder)
    const isText = isTextRoot(root)
    if ((!isText && root !== 's') || isText === (info & hasKey) > 0) uncertain()
    sequence = isText ? root : scalarSequence(decoding.readVarString(decoder))
  }
  const item: ReadItem = {
    client,
    clock,
    length: 0,
    origin,
    rightOrigin,
    sequence,
    kind: 'deleted',
    text: '',
    values: [],
  }
  const kind = info & kinds
  if (kind === stringKind) {
    item.kind = 'text'
    item.text = decoding.readVarString(decoder)
    item.length = item.text.length
  } else if (kind === anyKind) {
    item.kind = 'values'
    item.length = decoding.readVarUint(decoder)
    for (let n = 0; n < item.length; n++) item.values.push(decoding.readAny(decoder))
  } else if (kind === deletedKind) item.length = decoding.readVarUint(decoder)
  if (item.length === 0) uncertain()
  return item
}

const readId = (decoder: decoding.Decoder): Id => ({
  client: decoding.readVarUint(decoder),
  clock: decoding.readVarUint(decoder),
})

const readDeletes = (decoder: decoding.Decoder): Range[] => {
  const deletes: Range[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder)
    for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges--)
      deletes.push({
        client,
        clock: decoding.readVarUint(decoder),
        length: decoding.readVarUint(decoder),
      })
  }
  return deletes
}
