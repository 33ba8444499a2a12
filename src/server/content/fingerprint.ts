import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { chunkSizeFor, type Manifest } from '../../shared/media/manifest.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Size and hash of a file, and of the pieces that devices fetch it in: read once, in buffers of a stream. */
export const fingerprint = async (
  file: string,
): Promise<Pick<Manifest, 'sha256' | 'size' | 'chunkSize' | 'chunks'>> => {
  const { size } = await stat(file)
  const chunkSize = chunkSizeFor(size)
  const whole = createHash('sha256')
  const chunks: string[] = []
  let chunk = createHash('sha256')
  let room = chunkSize
  let read = 0
  for await (const bytes of createReadStream(file, { highWaterMark: bufferSize })) {
    whole.update(bytes)
    read += bytes.length
    for (let at = 0; at < bytes.length; ) {
      const part: Buffer = bytes.subarray(at, at + room)
      chunk.update(part)
      at += part.length
      room -= part.length
      if (room > 0) continue
      chunks.push(chunk.digest('hex'))
      chunk = createHash('sha256')
      room = chunkSize
    }
  }
  if (room < chunkSize) chunks.push(chunk.digest('hex'))
  if (read !== size) throw new Error(`${file} changed while it was read`)
  return { sha256: whole.digest('hex'), size, chunkSize, chunks }
}

const bufferSize = 256 * 1024

/** JSON with sorted keys: the same value gives the same bytes, and so the same hash. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
