import { paths } from '../protocol/paths.ts'
import { chunkRange, type Manifest } from './manifest.ts'

/** What a piece is fetched with; `fetch` and its answers fit. */
export interface ChunkSource {
  fetch(
    address: string,
    init: { headers: Record<string, string>; cache: 'no-store'; mode: 'same-origin' },
  ): Promise<ChunkAnswer>
  /** SHA-256, hexadecimal. */
  digest(bytes: Uint8Array<ArrayBuffer>): Promise<string>
}

interface ChunkAnswer {
  status: number
  headers: { get(name: string): string | null }
  blob(): Promise<Blob>
  body: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
      cancel(): Promise<unknown>
    }
    cancel(): Promise<unknown>
  } | null
}

/** The server has answered, but not with the piece: status 0 = something else stands in between, as a train's sign-in page. */
export class RefusedChunk extends Error {
  readonly status: number
  constructor(status: number) {
    super(`media: ${status}`)
    this.status = status
  }
}

/**
 * One piece from the network, with the hash of the manifest; 'damaged' if it had another twice. Throws a RefusedChunk, or what
 * `fetch` throws without network. `arrived` hears the bytes as they come, negative ones when they are thrown away; without it
 * the browser takes the piece by itself, at three quarters of the cost (docs/benchmarks-media.md).
 */
export const fetchChunk = async (
  source: ChunkSource,
  manifest: Manifest,
  index: number,
  arrived: ((bytes: number) => void) | null = null,
): Promise<Blob | 'damaged'> => {
  for (const _attempt of [1, 2]) {
    let count = 0
    const heard = (more: number): void => {
      count += more
      arrived?.(more)
    }
    const answer = await askForChunk(source, manifest, index)
    const { first, last } = chunkRange(manifest, index)
    const length = last - first + 1
    const piece = await (arrived
      ? readChunk(answer, length, heard)
      : takeChunk(answer, length)
    ).catch((error) => {
      arrived?.(-count)
      throw error
    })
    if ((await source.digest(piece.bytes)) === manifest.chunks[index]) return piece.blob()
    arrived?.(-count)
  }
  return 'damaged'
}

const askForChunk = async (
  { fetch }: ChunkSource,
  manifest: Manifest,
  index: number,
): Promise<ChunkAnswer> => {
  const { first, last } = chunkRange(manifest, index)
  // Not stored: the browser's own cache would hold every film twice. By both the service worker knows to leave them alone.
  const answer = await fetch(paths.media(manifest.sha256), {
    headers: { range: `bytes=${first}-${last}` },
    cache: 'no-store',
    mode: 'same-origin',
  })
  const isPart =
    answer.status === 206 &&
    answer.headers.get('content-range') === `bytes ${first}-${last}/${manifest.size}`
  // Some proxies take the header away; what is one piece is then whole all the same.
  const isWhole = answer.status === 200 && manifest.chunks.length === 1
  if (isPart || isWhole) return answer
  await answer.body?.cancel()
  throw new RefusedChunk(answer.status < 300 ? 0 : answer.status)
}

interface Piece {
  bytes: Uint8Array<ArrayBuffer>
  blob(): Blob
}

/** The bytes go past the page: it sees a copy of them, for the hash. */
const takeChunk = async (answer: ChunkAnswer, length: number): Promise<Piece> => {
  const blob = await answer.blob()
  if (blob.size !== length) throw new RefusedChunk(0)
  return { bytes: new Uint8Array(await blob.arrayBuffer()), blob: () => blob }
}

const readChunk = async (
  { body }: ChunkAnswer,
  length: number,
  heard: (bytes: number) => void,
): Promise<Piece> => {
  const reader = body?.getReader()
  const bytes = new Uint8Array(length)
  let at = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done || !value) break
    if (at + value.length > length) {
      await reader?.cancel()
      throw new RefusedChunk(0)
    }
    bytes.set(value, at)
    at += value.length
    heard(value.length)
  }
  if (at < length) throw new RefusedChunk(0)
  return { bytes, blob: () => new Blob([bytes]) }
}
