import { type ChunkKey, chunkKeys } from '../../shared/media/chunk-cache.ts'
import {
  type ChunkCache,
  listChunkKeys,
  type Pin,
  readEntry,
  readPins,
} from '../../shared/media/evict.ts'
import { asManifest, chunkLength, type Manifest } from '../../shared/media/manifest.ts'

/** What lies on this device of one file: verified pieces alone. */
export interface StoredChunks {
  manifest: Manifest | null
  chunks: Set<number>
}

/** What lies on this device. Pins by the main file's hash. */
export interface Stored {
  files: Map<string, StoredChunks>
  pins: Map<string, Pin>
}

export const readStored = async (cache: ChunkCache): Promise<Stored> => {
  const keys = await listChunkKeys(cache)
  const files = new Map<string, StoredChunks>()
  for (const key of keys) {
    if (key.kind !== 'chunk') continue
    const file = files.get(key.sha256) ?? { manifest: null, chunks: new Set() }
    file.chunks.add(key.index)
    files.set(key.sha256, file)
  }
  await Promise.all(
    manifestsAmong(keys).map(async (sha256) => {
      const manifest = await readManifest(cache, sha256)
      if (manifest) files.set(sha256, { chunks: new Set(), ...files.get(sha256), manifest })
    }),
  )
  return { files, pins: await readPins(cache, keys) }
}

export const readManifest = async (cache: ChunkCache, sha256: string): Promise<Manifest | null> =>
  asManifest(await readEntry(cache, chunkKeys.manifest(sha256)), sha256)

const manifestsAmong = (keys: readonly ChunkKey[]): string[] =>
  keys.flatMap(({ kind, sha256 }) => (kind === 'manifest' ? sha256 : []))

/** Bytes that can be played; pieces without a manifest are nothing. */
export const bytesOf = (file: StoredChunks | undefined): number => {
  const manifest = file?.manifest
  if (!manifest) return 0
  // Asked at every piece, of every piece: all are as long but the last.
  const last = manifest.chunks.length - 1
  let full = 0
  for (const index of file.chunks) if (index < last) full++
  return full * manifest.chunkSize + (file.chunks.has(last) ? chunkLength(manifest, last) : 0)
}

export const isWhole = (file: StoredChunks | undefined): boolean =>
  file?.manifest != null && bytesOf(file) === file.manifest.size
