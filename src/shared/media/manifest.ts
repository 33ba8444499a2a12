import type { MediaFile } from '../domain/outline.ts'

/**
 * How one file of film or sound is cut: each piece `chunkSize` bytes, the last one the rest, with the SHA-256 (hexadecimal) of
 * each. Immutable, like the file itself.
 */
export interface Manifest extends Pick<MediaFile, 'sha256' | 'size' | 'type'> {
  chunkSize: number
  chunks: readonly string[]
}

const mebibyte = 1024 * 1024

/** Small pieces start sooner, large ones cost fewer requests; docs/decisions/0004 has the figures. */
export const chunkSizeFor = (size: number): number =>
  size <= 64 * mebibyte ? mebibyte : 4 * mebibyte

/** The bytes of one piece in its file, both ends included. */
export const chunkRange = (
  { size, chunkSize }: Pick<Manifest, 'size' | 'chunkSize'>,
  index: number,
): { first: number; last: number } => ({
  first: index * chunkSize,
  last: Math.min((index + 1) * chunkSize, size) - 1,
})

export const chunkLength = (
  manifest: Pick<Manifest, 'size' | 'chunkSize'>,
  index: number,
): number => {
  const { first, last } = chunkRange(manifest, index)
  return last - first + 1
}

/** A manifest of this file, from whatever the network answered; null if it is none. */
export const asManifest = (value: unknown, sha256: string): Manifest | null => {
  const { size, type, chunkSize, chunks, ...rest } = (value ?? {}) as Partial<Manifest>
  const isWhole =
    rest.sha256 === sha256 &&
    isPositive(size) &&
    isPositive(chunkSize) &&
    (type === 'video/mp4' || type === 'audio/mp4') &&
    Array.isArray(chunks) &&
    chunks.length === Math.ceil(size / chunkSize) &&
    chunks.every((hash) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash))
  return isWhole ? { sha256, size, type, chunkSize, chunks } : null
}

const isPositive = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) > 0
