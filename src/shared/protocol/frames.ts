// The sync protocol. One round trip, `POST /api/v1/sync`, pushes what a device has written and pulls what it lacks.
//
// Everything people write is a Yjs document. Its updates are opaque bytes (V1 format) to this protocol and to the
// server. Documents live in *scopes*: `u:<person>:<run>` is private, `g:<group>` shared. A scope is the unit of
// access and of order: the server numbers every update it accepts in a scope 1, 2, 3 … without a gap (`seq`; the
// newest is the scope's `head`), and a device remembers the seq up to which it has applied them (`cursor`).
//
// Request   version | device | budget | scopes { id, epoch, cursor, pushes { task, writtenAt, update } }
// Response  version | scopes { id, status, epoch, head, cursor, more, listening, acks, items { task, seq, kind, update } }
//
// Messages
// - A document's id is `<scope>/<task>`; the scope stands once, and each push and item names its task.
// - Acknowledgements stand in the order of the pushes, as runs of equal codes: hashes on the wire are 32 bytes of noise for
//   each push, and the answer belongs to its request anyway. The server names a push by the SHA-256 of its document id, a
//   zero byte and its update: pushing it again is harmless and is acknowledged again.
// - `accepted` and `held` are given only after their transaction is committed, and nothing else clears a word from a device.
//   `held` = the sender has lost the right to write here: the words are kept for their author alone, and enter the scope
//   if the membership returns. `too-large`, `refused` = not taken, the words stay on the device.
// - A pull is one stream ordered by seq, cut at the budget (bytes of updates, shared by the scopes in their order; the first item
//   of an answer comes in any case); `more` says that another round trip continues at the answer's cursor. An item is an update, or a snapshot that stands at the seq of the newest update in it. Numbers may be
//   missing between items (they are in a snapshot); none that the device lacks is. What the same request pushed is not sent back.
//   A device stores the items and the cursor in one transaction, in the database from which the request was made.
// - `listening` = how many other devices follow this scope now (at most 255): the device sends at once what it writes.
//
// Access: a scope that is missing and one that is forbidden answer alike: `unknown`, nothing else of it said. `left` = the sender
// once belonged to it: pushes are held, nothing is pulled, and nothing told but the epoch. `gone` = the scope is erased, or the sender is, and then every scope is
// answered so: the device deletes what it has and never pushes.
//
// Epochs: the epoch changes when the server has forgotten something (a restored backup). A device whose epoch differs starts
// from cursor 0; the answer to a foreign epoch is therefore read from seq 1. Then it heals: `POST /api/v1/sync/check`
// (check-frames.ts) compares documents and shows what the server lacks, and the device gives it back. Whoever has left does so
// too, for what was held may be forgotten: they take nothing in, and what they give back is held.
//
// Live: `GET /api/v1/events` (event-frames.ts) brings updates as they are accepted. It only makes things faster.
//
// Errors: 400 malformed, or a scope twice; 401 nobody or somebody else is signed in, 413 beyond the limits (`limits` in
// frame-codec.ts: bytes after decompression, scopes, and pushes in all of them; the device halves its pushes and sends again), 426 a version that is not spoken here, 429 and 503 with Retry-After, 5xx trouble. Bodies
// above 1 KiB are gzipped both ways. An answer that does not begin with the magic bytes is a captive portal's page: no network.
//
// Versions: frames are lib0 variable-length integers, strings and byte arrays behind two magic bytes and a version byte. The
// server speaks the newest version and the two before it, as far as they exist, and answers in the request's.

import {
  limits,
  read,
  readBytes,
  readCode,
  readList,
  readString,
  start,
  writeList,
} from './frame-codec.ts'
import * as decoding from './varints.ts'
import * as encoding from './varints.ts'

export { FrameError, limits, spokenVersions, syncVersion } from './frame-codec.ts'

export interface Push {
  doc: string // `<scope>/<task>`, of the scope it stands in
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

export const ackCodes = ['accepted', 'refused', 'too-large', 'held'] as const
export type AckCode = (typeof ackCodes)[number]
export const scopeStatuses = ['ok', 'unknown', 'gone', 'left'] as const
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
  listening: number
  /** One for each push of the request, in its order; none if nothing was pushed or nothing is said of the scope. */
  acks: AckCode[]
  items: PullItem[]
}
export interface SyncAnswer {
  scopes: ScopeAnswer[]
}

export const encodeRequest = (request: SyncRequest): Uint8Array => {
  const out = start()
  encoding.writeVarString(out, request.device)
  encoding.writeVarUint(out, request.budget)
  writeList(out, request.scopes, (scope) => {
    encoding.writeVarString(out, scope.id)
    encoding.writeVarUint(out, scope.epoch)
    encoding.writeVarUint(out, scope.cursor)
    let before = 0
    writeList(out, scope.pushes, (push) => {
      encoding.writeVarString(out, taskIn(scope.id, push.doc))
      encoding.writeVarInt(out, push.writtenAt - before)
      encoding.writeVarUint8Array(out, push.update)
      before = push.writtenAt
    })
  })
  return encoding.toUint8Array(out)
}

/** The updates are parts of the frame and not copies: a server is done with both at once. */
export const decodeRequest = (bytes: Uint8Array): SyncRequest =>
  read(bytes, (input) => ({
    device: readString(input),
    budget: decoding.readVarUint(input),
    scopes: readList(input, () => {
      const id = readString(input)
      let before = 0
      return {
        id,
        epoch: decoding.readVarUint(input),
        cursor: decoding.readVarUint(input),
        pushes: readList(input, () => {
          const doc = `${id}/${readString(input)}`
          before += decoding.readVarInt(input)
          return { doc, writtenAt: before, update: decoding.readVarUint8Array(input) }
        }),
      }
    }),
  }))

export const encodeAnswer = (answer: SyncAnswer): Uint8Array => {
  const out = start()
  writeList(out, answer.scopes, (scope) => writeScopeAnswer(out, scope))
  return encoding.toUint8Array(out)
}

export const decodeAnswer = (bytes: Uint8Array): SyncAnswer =>
  read(bytes, (input) => ({ scopes: readList(input, () => readScopeAnswer(input)) }))

export const writeScopeAnswer = (out: encoding.Encoder, scope: ScopeAnswer): void => {
  encoding.writeVarString(out, scope.id)
  encoding.writeUint8(out, scopeStatuses.indexOf(scope.status))
  encoding.writeVarUint(out, scope.epoch)
  encoding.writeVarUint(out, scope.head)
  encoding.writeVarUint(out, scope.cursor)
  encoding.writeUint8(out, scope.more ? 1 : 0)
  encoding.writeUint8(out, Math.min(scope.listening, 255))
  writeList(out, runsOf(scope.acks), ({ code, length }) => {
    encoding.writeUint8(out, ackCodes.indexOf(code))
    encoding.writeVarUint(out, length)
  })
  writeList(out, scope.items, (item) => {
    encoding.writeVarString(out, taskIn(scope.id, item.doc))
    encoding.writeVarUint(out, item.seq)
    encoding.writeUint8(out, itemKinds.indexOf(item.kind))
    encoding.writeVarUint8Array(out, item.update)
  })
}

export const readScopeAnswer = (input: decoding.Decoder): ScopeAnswer => {
  const id = readString(input)
  return {
    id,
    status: readCode(input, scopeStatuses),
    epoch: decoding.readVarUint(input),
    head: decoding.readVarUint(input),
    cursor: decoding.readVarUint(input),
    more: decoding.readUint8(input) === 1,
    listening: decoding.readUint8(input),
    acks: readRuns(input),
    items: readList(input, () => ({
      doc: `${id}/${readString(input)}`,
      seq: decoding.readVarUint(input),
      kind: readCode(input, itemKinds),
      update: readBytes(input),
    })),
  }
}

/** What names a push is the hash of this: the document's id, a zero byte, the update. */
export const hashInput = (doc: string, update: Uint8Array): Uint8Array => {
  const name = encoding.utf8.encode(doc)
  const out = new Uint8Array(name.length + 1 + update.length)
  out.set(name)
  out.set(update, name.length + 1)
  return out
}

/** Thrown for a document of another scope: a mistake of ours, not of the network. */
const taskIn = (scope: string, doc: string): string => {
  if (!doc.startsWith(`${scope}/`)) throw new Error(`${doc} is not of ${scope}`)
  return doc.slice(scope.length + 1)
}

const runsOf = (codes: readonly AckCode[]): { code: AckCode; length: number }[] => {
  const runs: { code: AckCode; length: number }[] = []
  for (const code of codes) {
    const last = runs.at(-1)
    if (last?.code === code) last.length++
    else runs.push({ code, length: 1 })
  }
  return runs
}

const readRuns = (input: decoding.Decoder): AckCode[] => {
  const codes: AckCode[] = []
  for (const run of readList(input, () => ({
    code: readCode(input, ackCodes),
    length: decoding.readVarUint(input),
  }))) {
    // No request holds more: a longer run is a lie, refused before memory is spent on it.
    if (codes.length + run.length > limits.requestBytes)
      throw new Error('more acknowledgements than pushes')
    for (let n = 0; n < run.length; n++) codes.push(run.code)
  }
  return codes
}
