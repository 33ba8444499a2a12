// `POST /api/v1/sync/check`: do a device and the server have the same words?
//
// Request   version | scope | docs { task, stateVector, hash }
// Response  version | status | epoch | head | answered | docs { task, stateVector, hash, update }
//
// A state vector shows no deletions, so a hash of the words stands beside it (words/compare.ts). The answer names the documents
// that differ, each with the server's digest and the update that brings the device up to it. The device takes that in, and if
// its own digest is still another one, pushes what the server lacks: the difference to the server's state vector.
// `answered` = how many documents of the request, from its beginning, have been looked at; the device asks for the rest
// again. One that nobody should build (by too many clients, words/count-clients.ts, or twice too slow) counts as equal.
// Documents that the device does not name are not compared: they come by the pull. Status as in frames.ts.
// `left`: compared is what the sender could read when they left, together with what is held of theirs; no update comes with it.
// Errors and limits as in frames.ts.

import { read, readBytes, readCode, readList, readString, start, writeList } from './frame-codec.ts'
import { type ScopeStatus, scopeStatuses } from './frames.ts'
import * as decoding from './varints.ts'
import * as encoding from './varints.ts'

export interface DocumentDigest {
  doc: string // `<scope>/<task>`
  stateVector: Uint8Array
  hash: Uint8Array // 32 bytes
}
export interface CheckRequest {
  scope: string
  docs: DocumentDigest[]
}
export interface CheckAnswer {
  status: ScopeStatus
  epoch: number
  head: number
  answered: number
  docs: (DocumentDigest & { update: Uint8Array })[]
}

export const encodeCheckRequest = ({ scope, docs }: CheckRequest): Uint8Array => {
  const out = start()
  encoding.writeVarString(out, scope)
  writeList(out, docs, (digest) => writeDigest(out, scope, digest))
  return encoding.toUint8Array(out)
}

export const decodeCheckRequest = (bytes: Uint8Array): CheckRequest =>
  read(bytes, (input) => {
    const scope = readString(input)
    return { scope, docs: readList(input, () => readDigest(input, scope)) }
  })

export const encodeCheckAnswer = (scope: string, answer: CheckAnswer): Uint8Array => {
  const out = start()
  encoding.writeUint8(out, scopeStatuses.indexOf(answer.status))
  encoding.writeVarUint(out, answer.epoch)
  encoding.writeVarUint(out, answer.head)
  encoding.writeVarUint(out, answer.answered)
  writeList(out, answer.docs, (doc) => {
    writeDigest(out, scope, doc)
    encoding.writeVarUint8Array(out, doc.update)
  })
  return encoding.toUint8Array(out)
}

export const decodeCheckAnswer = (scope: string, bytes: Uint8Array): CheckAnswer =>
  read(bytes, (input) => ({
    status: readCode(input, scopeStatuses),
    epoch: decoding.readVarUint(input),
    head: decoding.readVarUint(input),
    answered: decoding.readVarUint(input),
    docs: readList(input, () => ({ ...readDigest(input, scope), update: readBytes(input) })),
  }))

const writeDigest = (out: encoding.Encoder, scope: string, digest: DocumentDigest): void => {
  encoding.writeVarString(out, digest.doc.slice(scope.length + 1))
  encoding.writeVarUint8Array(out, digest.stateVector)
  encoding.writeVarUint8Array(out, digest.hash)
}

const readDigest = (input: decoding.Decoder, scope: string): DocumentDigest => ({
  doc: `${scope}/${readString(input)}`,
  stateVector: readBytes(input),
  hash: readBytes(input),
})
