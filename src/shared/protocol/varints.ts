// lib0's variable-length integers, strings and byte arrays, as far as the frames need them: with lib0 itself come its twenty other
// encodings, 3 KB of every first load. varints.test.ts holds the two against each other.

export interface Encoder {
  bytes: Uint8Array
  length: number
}
export interface Decoder {
  arr: Uint8Array
  pos: number
}

// Made once: each costs more than it does for a short text.
export const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const createEncoder = (): Encoder => ({ bytes: new Uint8Array(256), length: 0 })

/** A copy. */
export const toUint8Array = ({ bytes, length }: Encoder): Uint8Array => bytes.slice(0, length)

export const writeUint8 = (out: Encoder, byte: number): void => {
  roomFor(out, 1)
  out.bytes[out.length++] = byte
}

export const writeUint8Array = (out: Encoder, bytes: Uint8Array): void => {
  roomFor(out, bytes.length)
  out.bytes.set(bytes, out.length)
  out.length += bytes.length
}

export const writeVarUint = (out: Encoder, value: number): void => {
  let rest = value
  while (rest > 0x7f) {
    writeUint8(out, 0x80 | (rest & 0x7f))
    rest = Math.floor(rest / 128)
  }
  writeUint8(out, rest & 0x7f)
}

/** The first byte holds the sign and six bits. */
export const writeVarInt = (out: Encoder, value: number): void => {
  const positive = Math.abs(value)
  const rest = Math.floor(positive / 64)
  writeUint8(out, (rest > 0 ? 0x80 : 0) | (isNegative(value) ? 0x40 : 0) | (positive & 0x3f))
  if (rest > 0) writeVarUint(out, rest)
}

export const writeVarUint8Array = (out: Encoder, bytes: Uint8Array): void => {
  writeVarUint(out, bytes.length)
  writeUint8Array(out, bytes)
}

export const writeVarString = (out: Encoder, text: string): void =>
  writeVarUint8Array(out, utf8.encode(text))

export const createDecoder = (arr: Uint8Array): Decoder => ({ arr, pos: 0 })

export const hasContent = ({ arr, pos }: Decoder): boolean => pos < arr.length

export const readUint8 = (input: Decoder): number => {
  const byte = input.arr[input.pos]
  if (byte === undefined) throw new Error('unexpected end')
  input.pos++
  return byte
}

export const readVarUint = (input: Decoder): number => readRest(input, 0, 1)

export const readVarInt = (input: Decoder): number => {
  const first = readUint8(input)
  const value = first & 0x80 ? readRest(input, first & 0x3f, 64) : first & 0x3f
  return first & 0x40 ? -value : value
}

/** Not a copy. */
export const readVarUint8Array = (input: Decoder): Uint8Array => {
  const length = readVarUint(input)
  if (length > input.arr.length - input.pos) throw new Error('unexpected end')
  input.pos += length
  return input.arr.subarray(input.pos - length, input.pos)
}

/** Throws for what is no UTF-8. */
export const readVarString = (input: Decoder): string => strictUtf8.decode(readVarUint8Array(input))

const readRest = (input: Decoder, before: number, factor: number): number => {
  let [value, unit] = [before, factor]
  for (;;) {
    const byte = readUint8(input)
    value += (byte & 0x7f) * unit
    if (byte < 0x80) return value
    unit *= 128
    if (value > Number.MAX_SAFE_INTEGER) throw new Error('number too large')
  }
}

const isNegative = (value: number): boolean => value < 0 || Object.is(value, -0)

const roomFor = (out: Encoder, count: number): void => {
  if (out.length + count <= out.bytes.length) return
  const larger = new Uint8Array(Math.max(out.bytes.length * 2, out.length + count))
  larger.set(out.bytes.subarray(0, out.length))
  out.bytes = larger
}
