// The sync protocol. One round trip, `POST /api/v1/sync`, pushes what a device has written and pulls what it lacks.
//
// Everything people write is a Yjs document. Its updates are opaque bytes (V1 format) to this protocol and to the
// server. Documents live in *scopes*: `u:<person>:<run>` is private, `g:<group>` shared. A scope is the unit of
// access and of order: the server numbers every update it accepts in a scope 1, 2, 3 … without a gap (`seq`; the
// newest is the scope's `head`), and a device remembers the seq up to which it has applied them (`cursor`).
//
// Request   version | device | budget | scopes { id, epoch, cursor, pushes { hash, doc, writtenAt, update } }
// Response  version | scopes { id, status, epoch, head, cursor, more, acks { hash, code }, items { doc, seq, kind, update } }
//
// - A push is acknowledged only after its transaction is committed. The hash (SHA-256 of doc, a zero byte and the update)
//   names it: pushing it again is harmless and is acknowledged again. A device clears a word for an `accepted`
//   acknowledgement and for nothing else.
// - A pull is one stream ordered by seq, cut at the budget (bytes of updates); `more` says that another round
//   trip continues at the answer's cursor. A device stores the items and the cursor in one transaction.
// - A scope that is missing and one that is forbidden answer alike: `unknown`, nothing else of it said.
// - The epoch changes when the server has forgotten something (a restored backup). A device whose epoch differs
//   starts from cursor 0; the answer to a foreign epoch is therefore read from seq 1.
// - Frames are lib0 variable-length integers, strings and byte arrays behind a version byte. The server answers an
//   unknown version with 426, the limits below (counted after decompression) with 413 and a readable text each.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { encodeUtf8 } from 'lib0/string'

export const syncVersion = 1

export const limits = {
  requestBytes: 1024 * 1024,
  updateBytes: 256 * 1024,
  documentBytes: 4 * 1024 * 1024,
  scopes: 50,
  idLength: 300,
} as const

export interface Push {
  hash: Uint8Array // 32 bytes
  doc: string
  writtenAt: number // ms since 1970 by the device's clock; for display only
  update: Uint8Array
}
export interface ScopeRequest {
  id: string
  epoch: number
  cursor: number
  pushes: Push[]
}
export interface SyncRequest {
  device: string
  budget: number // bytes of updates that the device takes in one answer
  scopes: ScopeRequest[]
}

export const ackCodes = ['accepted', 'refused', 'too-large'] as const
export type AckCode = (typeof ackCodes)[number]
export const scopeStatuses = ['ok', 'unknown', 'gone'] as const
export type ScopeStatus = (typeof scopeStatuses)[number]
export const itemKinds = ['update', 'snapshot'] as const

export interface PullItem {
  doc: string
  seq: number
  kind: (typeof itemKinds)[number]
  update: Uint8Array
}
export interface ScopeAnswer {
  id: string
  status: ScopeStatus
  epoch: number
  head: number
  cursor: number
  more: boolean
  acks: { hash: Uint8Array; code: AckCode }[]
  items: PullItem[]
}
export interface SyncAnswer {
  scopes: ScopeAnswer[]
}

/** Thrown by the decoders: `version` = not ours, `malformed` = cut, too long or not a frame at all. */
export class FrameError extends Error {
  readonly code: 'version' | 'malformed'
  constructor(code: 'version' | 'malformed', message: string) {
    super(message)
    this.code = code
  }
}

export const encodeRequest = (request: SyncRequest): Uint8Array => {
  const out = start()
  encoding.writeVarString(out, request.device)
  encoding.writeVarUint(out, request.budget)
  writeList(out, request.scopes, (scope) => {
    encoding.writeVarString(out, scope.id)
    encoding.writeVarUint(out, scope.epoch)
    encoding.writeVarUint(out, scope.cursor)
    writeList(out, scope.pushes, (push) => {
      encoding.writeVarUint8Array(out, push.hash)
      encoding.writeVarString(out, push.doc)
      encoding.writeVarUint(out, push.writtenAt)
      encoding.writeVarUint8Array(out, push.update)
    })
  })
  return encoding.toUint8Array(out)
}

export const decodeRequest = (bytes: Uint8Array): SyncRequest =>
  read(bytes, (input) => ({
    device: readString(input),
    budget: decoding.readVarUint(input),
    scopes: readList(input, () => ({
      id: readString(input),
      epoch: decoding.readVarUint(input),
      cursor: decoding.readVarUint(input),
      pushes: readList(input, () => ({
        hash: readBytes(input),
        doc: readString(input),
        writtenAt: decoding.readVarUint(input),
        update: readBytes(input),
      })),
    })),
  }))

export const encodeAnswer = (answer: SyncAnswer): Uint8Array => {
  const out = start()
  writeList(out, answer.scopes, (scope) => {
    encoding.writeVarString(out, scope.id)
    encoding.writeUint8(out, scopeStatuses.indexOf(scope.status))
    encoding.writeVarUint(out, scope.epoch)
    encoding.writeVarUint(out, scope.head)
    encoding.writeVarUint(out, scope.cursor)
    encoding.writeUint8(out, scope.more ? 1 : 0)
    writeList(out, scope.acks, (ack) => {
      encoding.writeVarUint8Array(out, ack.hash)
      encoding.writeUint8(out, ackCodes.indexOf(ack.code))
    })
    writeList(out, scope.items, (item) => {
      encoding.writeVarString(out, item.doc)
      encoding.writeVarUint(out, item.seq)
      encoding.writeUint8(out, itemKinds.indexOf(item.kind))
      encoding.writeVarUint8Array(out, item.update)
    })
  })
  return encoding.toUint8Array(out)
}

export const decodeAnswer = (bytes: Uint8Array): SyncAnswer =>
  read(bytes, (input) => ({
    scopes: readList(input, () => ({
      id: readString(input),
      status: readCode(input, scopeStatuses),
      epoch: decoding.readVarUint(input),
      head: decoding.readVarUint(input),
      cursor: decoding.readVarUint(input),
      more: decoding.readUint8(input) === 1,
      acks: readList(input, () => ({ hash: readBytes(input), code: readCode(input, ackCodes) })),
      items: readList(input, () => ({
        doc: readString(input),
        seq: decoding.readVarUint(input),
        kind: readCode(input, itemKinds),
        update: readBytes(input),
      })),
    })),
  }))

/** What a push's hash is taken of: the document's id, a zero byte, the update. */
export const hashInput = (doc: string, update: Uint8Array): Uint8Array => {
  const out = encoding.createEncoder()
  encoding.writeUint8Array(out, encodeUtf8(doc))
  encoding.writeUint8(out, 0)
  encoding.writeUint8Array(out, update)
  return encoding.toUint8Array(out)
}

// The first two bytes tell a frame from a captive portal's page; the third is the version.
const magic = [0x4c, 0xf8] as const // "Lø" in Latin-1

const start = (): encoding.Encoder => {
  const out = encoding.createEncoder()
  for (const byte of magic) encoding.writeUint8(out, byte)
  encoding.writeUint8(out, syncVersion)
  return out
}

const read = <T>(bytes: Uint8Array, body: (input: decoding.Decoder) => T): T => {
  if (bytes.length < 3 || bytes[0] !== magic[0] || bytes[1] !== magic[1])
    throw new FrameError('malformed', 'not a sync frame')
  if (bytes[2] !== syncVersion) throw new FrameError('version', `unknown sync version ${bytes[2]}`)
  const input = decoding.createDecoder(bytes.subarray(3))
  try {
    const value = body(input)
    if (decoding.hasContent(input)) throw new Error('bytes after the end')
    return value
  } catch (error) {
    throw new FrameError('malformed', `broken sync frame: ${(error as Error).message}`)
  }
}

const writeList = <T>(
  out: encoding.Encoder,
  list: readonly T[],
  write: (entry: T) => void,
): void => {
  encoding.writeVarUint(out, list.length)
  for (const entry of list) write(entry)
}

const readList = <T>(input: decoding.Decoder, entry: () => T): T[] => {
  const length = decoding.readVarUint(input)
  // Every entry takes a byte at least: a length beyond that is a lie, refused before memory is spent on it.
  if (length > input.arr.length - input.pos) throw new Error('list longer than the frame')
  return Array.from({ length }, entry)
}

const readString = (input: decoding.Decoder): string => {
  const text = decoding.readVarString(input)
  if (text.length > limits.idLength) throw new Error('id too long')
  return text
}

/** A copy: the frame's buffer is not kept alive by a small update. */
const readBytes = (input: decoding.Decoder): Uint8Array => decoding.readVarUint8Array(input).slice()

const readCode = <T extends string>(input: decoding.Decoder, codes: readonly T[]): T => {
  const code = codes[decoding.readUint8(input)]
  if (code === undefined) throw new Error('unknown code')
  return code
}
