// What all frames have in common: the magic bytes, the version, lists and limits. frames.ts explains the protocol.
import * as decoding from './varints.ts'
import * as encoding from './varints.ts'

export const syncVersion = 2
/**
 * What the server speaks: the newest and at most two before it. Version 1, with a hash for each push, was never released: a
 * page that still speaks it is told to update, and keeps its words.
 */
export const spokenVersions: readonly number[] = [syncVersion]

export const limits = {
  requestBytes: 1024 * 1024,
  updateBytes: 256 * 1024,
  documentBytes: 4 * 1024 * 1024,
  scopes: 50,
  pushes: 5000, // in all scopes of a request
  idLength: 300,
} as const

/** Thrown by the decoders: `version` = not ours, `malformed` = cut, too long or not a frame at all. */
export class FrameError extends Error {
  readonly code: 'version' | 'malformed'
  constructor(code: 'version' | 'malformed', message: string) {
    super(message)
    this.code = code
  }
}

// The first two bytes tell a frame from a captive portal's page; the third is the version.
const magic = [0x4c, 0xf8] as const // "Lø" in Latin-1

export const start = (): encoding.Encoder => {
  const out = encoding.createEncoder()
  for (const byte of magic) encoding.writeUint8(out, byte)
  encoding.writeUint8(out, syncVersion)
  return out
}

export const read = <T>(bytes: Uint8Array, body: (input: decoding.Decoder) => T): T => {
  if (bytes.length < 3 || bytes[0] !== magic[0] || bytes[1] !== magic[1])
    throw new FrameError('malformed', 'not a sync frame')
  if (!spokenVersions.includes(bytes[2] ?? 0))
    throw new FrameError('version', `unknown sync version ${bytes[2]}`)
  const input = decoding.createDecoder(bytes.subarray(3))
  try {
    const value = body(input)
    if (decoding.hasContent(input)) throw new Error('bytes after the end')
    return value
  } catch (error) {
    throw new FrameError('malformed', `broken sync frame: ${(error as Error).message}`)
  }
}

export const writeList = <T>(
  out: encoding.Encoder,
  list: readonly T[],
  write: (entry: T) => void,
): void => {
  encoding.writeVarUint(out, list.length)
  for (const entry of list) write(entry)
}

export const readList = <T>(input: decoding.Decoder, entry: () => T): T[] => {
  const length = decoding.readVarUint(input)
  // Every entry takes a byte at least: a length beyond that is a lie, refused before memory is spent on it.
  if (length > input.arr.length - input.pos) throw new Error('list longer than the frame')
  return Array.from({ length }, entry)
}

export const readString = (input: decoding.Decoder): string => {
  const text = decoding.readVarString(input)
  if (text.length > limits.idLength) throw new Error('id too long')
  return text
}

/** A copy, which a Buffer would not make by `slice`: the frame is not kept alive by a small update. */
export const readBytes = (input: decoding.Decoder): Uint8Array =>
  new Uint8Array(decoding.readVarUint8Array(input))

export const readCode = <T extends string>(input: decoding.Decoder, codes: readonly T[]): T => {
  const code = codes[decoding.readUint8(input)]
  if (code === undefined) throw new Error('unknown code')
  return code
}
