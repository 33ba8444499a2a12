import { paths } from '../protocol/paths.ts'

/** What lies in Cache Storage, for the page and the service worker alike. No build id: an update drops no film. */
export const chunkCacheName = 'loft-media-chunks'

/** Earlier releases kept whole files here, under `paths.media`. */
export const wholeCacheName = 'loft-media'

/** Windows and the service worker tell each other on this channel what has come and gone. */
export const mediaChannelName = 'loft-media'

export const chunkKeys = {
  manifest: paths.manifest,
  /** A plain 200 with the bytes of one piece, which had the manifest's hash when they were put here. */
  chunk: (sha256: string, index: number): string => `${paths.media(sha256)}/chunks/${index}`,
  /** There for an item's main file while the person keeps it: `Pin` as JSON. */
  pin: (sha256: string): string => `${paths.media(sha256)}/pin`,
  /** When the file was last played, ms since 1970, as JSON. */
  used: (sha256: string): string => `${paths.media(sha256)}/used`,
}

export type ChunkKey =
  | { kind: 'manifest' | 'pin' | 'used'; sha256: string }
  | { kind: 'chunk'; sha256: string; index: number }

/** What an entry of the cache is, by its address or path; null if it is none of ours. */
export const parseChunkKey = (address: string): ChunkKey | null => {
  const match = /\/media\/([0-9a-f]{64})\/(?:(manifest|pin|used)|chunks\/(\d+))$/.exec(address)
  if (!match?.[1]) return null
  const sha256 = match[1]
  return match[3] === undefined
    ? { kind: match[2] as 'manifest' | 'pin' | 'used', sha256 }
    : { kind: 'chunk', sha256, index: Number(match[3]) }
}
