import { createHash } from 'node:crypto'
import { chunkCacheName, chunkKeys } from '../src/shared/media/chunk-cache.ts'
import type { Manifest } from '../src/shared/media/manifest.ts'
import { paths } from '../src/shared/protocol/paths.ts'
import type { MemoryCaches } from './memory-caches.ts'

export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

export interface TestFilm {
  bytes: Uint8Array<ArrayBuffer>
  sha256: string
  manifest: Manifest
  chunk(index: number): Uint8Array<ArrayBuffer>
}

/** Bytes that are all told apart, cut into pieces of `chunkSize`. */
export const testFilm = (size = 10, chunkSize = 4, seed = 0): TestFilm => {
  const bytes = Uint8Array.from({ length: size }, (_, at) => at + seed)
  const chunk = (index: number) => bytes.slice(index * chunkSize, (index + 1) * chunkSize)
  const sha256 = hashOf(bytes)
  const chunks = Array.from({ length: Math.ceil(size / chunkSize) }, (_, at) => hashOf(chunk(at)))
  return { bytes, sha256, chunk, manifest: { sha256, size, type: 'video/mp4', chunkSize, chunks } }
}

/** Puts a film, or some of its pieces, onto the device. */
export const putFilm = async (
  memory: MemoryCaches,
  film: TestFilm,
  { chunks = [...film.manifest.chunks.keys()], pinned = false, used = -1 } = {},
): Promise<void> => {
  const { sha256, size, type } = film.manifest
  const json = (path: string, value: unknown) =>
    memory.put(chunkCacheName, path, JSON.stringify(value), 'application/json')
  await json(chunkKeys.manifest(sha256), film.manifest)
  for (const index of chunks) {
    await memory.put(chunkCacheName, chunkKeys.chunk(sha256, index), film.chunk(index))
  }
  const pin = { item: 'p.m.film', files: [{ sha256, size, type }], order: 1 }
  if (pinned) await json(chunkKeys.pin(sha256), pin)
  if (used >= 0) await json(chunkKeys.used(sha256), used)
}

/** Answers as the server does: manifests, and pieces by Range. */
export const serveFilms = (
  films: readonly TestFilm[],
  address: string,
  init?: RequestInit,
): Response => {
  const film = films.find(({ sha256 }) => address.includes(sha256))
  if (!film) return new Response('{}', { status: 404 })
  if (address === paths.manifest(film.sha256)) return Response.json(film.manifest)
  const range = new Headers(init?.headers).get('range')
  const [, first = 0, last = 0] = (/bytes=(\d+)-(\d+)/.exec(range ?? '') ?? []).map(Number)
  if (!range) return new Response(film.bytes)
  return new Response(film.bytes.slice(first, last + 1), {
    status: 206,
    headers: { 'content-range': `bytes ${first}-${last}/${film.bytes.length}` },
  })
}

/** The piece that a request asks for. */
export const askedPiece = (film: TestFilm, init?: RequestInit): number =>
  Number(/bytes=(\d+)/.exec(new Headers(init?.headers).get('range') ?? '')?.[1]) /
  film.manifest.chunkSize
