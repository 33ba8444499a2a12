import { chunkRange, type Manifest } from '../shared/media/manifest.ts'
import { type ByteRange, parseRange } from './range.ts'
import type { StoredMedia, Wanted } from './stored-media.ts'

/**
 * Answers for a film or sound with the bytes that the player asks for, as the server would:
 *
 * 1. By its pieces, from this device or, piece by piece and checked, from the network; those stay here.
 * 2. From the whole file that an earlier release kept.
 * 3. As the server answers, when it knows nothing of pieces.
 */
export const answerMedia = async (
  request: Request,
  sha256: string,
  media: StoredMedia,
  fetcher: typeof fetch,
): Promise<Response> => {
  const whole = await media.whole(sha256)
  if (whole) return answerFromFile(request, whole)
  const manifest = await media.manifest(sha256)
  if (!manifest) return asOurs(await fetcher(request))
  if (request.method === 'GET') void media.played(sha256)
  return answerFromChunks(request, manifest, media)
}

const answerFromChunks = async (
  request: Request,
  manifest: Manifest,
  media: StoredMedia,
): Promise<Response> => {
  const { size, type } = manifest
  const range = parseRange(request.headers.get('range'), size)
  if (range === 'unsatisfiable') return unsatisfiable(size)
  const asked = range ?? { first: 0, last: size - 1 }
  const init = partInit(type, size, range)
  if (request.method === 'HEAD') return new Response(null, init)

  // What cannot be had at all is an error of the request, which the player tells; later ones break the stream.
  const index = Math.floor(asked.first / manifest.chunkSize)
  const first = media.chunk(manifest, index)
  request.signal.addEventListener('abort', first.letGo)
  const blob = await first.blob
  const piece = chunkRange(manifest, index)
  if (asked.last <= piece.last) {
    return new Response(blob.slice(asked.first - piece.first, asked.last - piece.first + 1), init)
  }
  return new Response(streamChunks(manifest, asked, blob, media), init)
}

/**
 * The bytes asked for, read as fast as they are taken. The next piece is sought when half of one is: two are in memory at most,
 * and a player that only looks at the beginning costs one.
 */
const streamChunks = (
  manifest: Manifest,
  { first, last }: ByteRange,
  firstBlob: Blob,
  media: StoredMedia,
): ReadableStream<Uint8Array<ArrayBuffer>> => {
  let index = Math.floor(first / manifest.chunkSize)
  let next: Wanted | null = null
  let left = 0
  const open = (blob: Blob): ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> => {
    const piece = chunkRange(manifest, index)
    const from = Math.max(0, first - piece.first)
    const to = Math.min(last, piece.last) - piece.first + 1
    left = to - from
    return blob.slice(from, to).stream().getReader()
  }
  let reader = open(firstBlob)
  const seekNext = (): Wanted | null => {
    if (next || chunkRange(manifest, index).last >= last) return next
    next = media.chunk(manifest, index + 1)
    next.blob.catch(() => {}) // told when its turn comes
    return next
  }
  return new ReadableStream(
    {
      pull: async (controller) => {
        for (;;) {
          const { done, value } = await reader.read()
          if (!done) {
            left -= value.length
            if (left <= manifest.chunkSize / 2) seekNext()
            controller.enqueue(value)
            return
          }
          const wanted = seekNext()
          if (!wanted) {
            controller.close()
            return
          }
          const blob = await wanted.blob
          index++
          next = null
          reader = open(blob)
        }
      },
      cancel: async (reason) => {
        next?.letGo()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

const answerFromFile = async (request: Request, kept: Response): Promise<Response> => {
  const file = await kept.blob()
  const type = kept.headers.get('content-type') ?? 'application/octet-stream'
  const range = parseRange(request.headers.get('range'), file.size)
  if (range === 'unsatisfiable') return unsatisfiable(file.size)
  const body = range ? file.slice(range.first, range.last + 1) : file
  return new Response(request.method === 'HEAD' ? null : body, partInit(type, file.size, range))
}

const partInit = (type: string, size: number, range: ByteRange | null): ResponseInit => ({
  status: range ? 206 : 200,
  headers: {
    'content-type': type,
    'accept-ranges': 'bytes',
    'content-length': String(range ? range.last - range.first + 1 : size),
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${size}` }),
  },
})

const unsatisfiable = (size: number): Response =>
  new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } })

/**
 * The network's answer as if it came from here. A player in Chromium refuses bytes of the same film from two origins, and a
 * made answer has none: a film that was opened from the network and kept meanwhile would break at the next seek.
 */
const asOurs = ({ body, status, statusText, headers }: Response): Response =>
  new Response(body, { status, statusText, headers })
