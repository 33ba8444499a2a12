// To be imported first. Every Y.Doc asks the system for a random name that nobody reads here: an eighth of a world's time.
import { webcrypto } from 'node:crypto'

let state = 1
webcrypto.getRandomValues = (<T extends ArrayBufferView | null>(array: T): T => {
  if (array === null) return array
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  for (let at = 0; at < bytes.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return array
}) as typeof webcrypto.getRandomValues
