import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { mergeUpdates } from './document.ts'

/**
 * Updates (V1) of one device as one, in which what was typed key by key is one piece of text: `mergeUpdates` keeps each key apart,
 * ten bytes for each. Yjs itself joins them so when it has taken them in (https://github.com/yjs/yjs/blob/v13.6.33/src/structs/Item.js,
 * `mergeWith`): a key that stands right behind the one before, with the same right neighbour.
 */
export const joinUpdates = (updates: Uint8Array[]): Uint8Array => {
  const merged = mergeUpdates(updates)
  if (updates.length === 1) return merged
  try {
    const { structs, ds } = Y.decodeUpdate(merged)
    const joined = joinTexts(structs)
    // Anything else than items, or a gap between them: left as it is.
    return joined === null ? merged : encode(joined, ds)
  } catch {
    return merged
  }
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]
type Deleted = ReturnType<typeof Y.decodeUpdate>['ds']

interface Piece {
  item: Y.Item
  /** Null = no text. */
  text: string | null
}

const joinTexts = (structs: readonly Struct[]): Piece[] | null => {
  const pieces: Piece[] = []
  for (const item of structs) {
    if (!(item instanceof Y.Item)) return null
    const text = item.content instanceof Y.ContentString ? item.content.str : null
    const last = pieces.at(-1)
    if (last !== undefined && last.text !== null && text !== null && follows(last, item))
      last.text += text
    else pieces.push({ item, text })
  }
  return pieces
}

const follows = ({ item, text }: Piece, next: Y.Item): boolean => {
  const end = item.id.clock + (text?.length ?? 0)
  return (
    next.id.client === item.id.client &&
    next.id.clock === end &&
    Y.compareIDs(next.origin, Y.createID(item.id.client, end - 1)) &&
    Y.compareIDs(next.rightOrigin, item.rightOrigin)
  )
}

const encode = (pieces: readonly Piece[], deleted: Deleted): Uint8Array => {
  const encoder = new Y.UpdateEncoderV1()
  const out = encoder.restEncoder
  const byClient = Map.groupBy(pieces, ({ item }) => item.id.client)
  encoding.writeVarUint(out, byClient.size)
  for (const [client, own] of byClient) {
    encoding.writeVarUint(out, own.length)
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, own[0]?.item.id.clock ?? 0)
    for (const { item, text } of own) {
      if (text !== null) item.content = new Y.ContentString(text)
      item.write(encoder, 0)
    }
  }
  encoding.writeVarUint(out, deleted.clients.size)
  for (const [client, ranges] of deleted.clients) {
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, ranges.length)
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(out, clock)
      encoding.writeVarUint(out, len)
    }
  }
  return encoder.toUint8Array()
}
