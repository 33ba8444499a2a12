import { paths } from '../protocol/paths.ts'
import { chunkRange, type Manifest } from './manifest.ts'

/** What a piece is fetched with; `fetch` and its answers fit. */
export interface ChunkSource {
  fetch(
    address: string,
    init: { headers: Record<string, string>; cache: 'no-store' },
  ): Promise<ChunkAnswer>
  /** SHA-256, hexadecimal. */
  digest(bytes: Uint8Array<ArrayBuffer>): Promise<string>
}

interface ChunkAnswer {
  status: number
  headers: { get(name: string): string | null }
  body: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
      cancel(): Promise<unknown>
    }
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
 * `fetch` throws without network. `arrived` hears the bytes as they come, negative ones when they are thrown away.
 */
export const fetchChunk = async (
  source: ChunkSource,
  manifest: Manifest,
  index: number,
  arrived: (bytes: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer> | 'damaged'> => {
  for (const _attempt of [1, 2]) {
    let count = 0
    const bytes = await readChunk(source, manifest, index, (more) => {
      count += more
      arrived(more)
    }).catch((error) => {
      arrived(-count)
      throw error
    })
    if ((await source.digest(bytes)) === manifest.chunks[index]) return bytes
    arrived(-count)
  }
  return 'damaged'
}

const readChunk = async (
  { fetch }: ChunkSource,
  manifest: Manifest,
  index: number,
  arrived: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { first, last } = chunkRange(manifest, index)
  // Not stored: the browser's own cache would hold every film twice. The service worker leaves such requests alone.
  const answer = await fetch(paths.media(manifest.sha256), {
    headers: { range: `bytes=${first}-${last}` },
    cache: 'no-store',
  })
  const reader = answer.body?.getReader()
  const isPart =
    answer.status === 206 &&
    answer.headers.get('content-range') === `bytes ${first}-${last}/${manifest.size}`
  // Some proxies take the header away; what is one piece is then whole all the same.
  const isWhole = answer.status === 200 && manifest.chunks.length === 1
  if (!reader || !(isPart || isWhole)) {
    await reader?.cancel()
    throw new RefusedChunk(answer.status < 300 ? 0 : answer.status)
  }
  const bytes = new Uint8Array(last - first + 1)
  let at = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done || !value) break
    if (at + value.length > bytes.length) {
      await reader.cancel()
      throw new RefusedChunk(0)
    }
    bytes.set(value, at)
    at += value.length
    arrived(value.length)
  }
  if (at < bytes.length) throw new RefusedChunk(0)
  return bytes
}
