import { expect, test } from 'vitest'
import { chunkKeys, parseChunkKey } from '../../../src/shared/media/chunk-cache.ts'
import { asManifest, chunkLength, chunkSizeFor } from '../../../src/shared/media/manifest.ts'
import { testFilm } from '../../test-film.ts'

const { manifest } = testFilm(10, 4)
const { sha256 } = manifest

test('a manifest of this film is taken as it is, without what else it says', () => {
  expect(asManifest(manifest, sha256)).toEqual(manifest)
  expect(asManifest({ ...manifest, more: 1 }, sha256)).toEqual(manifest)
})

test.for([
  ['nothing', null],
  ['text', '<h1>Log in to the train</h1>'],
  ['another film’s', { ...manifest, sha256: '0'.repeat(64) }],
  ['one with a piece too few', { ...manifest, chunks: manifest.chunks.slice(1) }],
  ['one with a piece too many', { ...manifest, chunks: [...manifest.chunks, sha256] }],
  ['one with a hash that is none', { ...manifest, chunks: ['a', ...manifest.chunks.slice(1)] }],
  ['one without size', { ...manifest, size: 0 }],
  ['one with half a byte', { ...manifest, size: 9.5 }],
  ['one with pieces of nothing', { ...manifest, chunkSize: 0 }],
  ['one of a page', { ...manifest, type: 'text/html' }],
] as const)('%s is no manifest', ([, value]) => {
  expect(asManifest(value, sha256)).toBeNull()
})

test('the last piece is the rest', () => {
  expect([0, 1, 2].map((index) => chunkLength(manifest, index))).toEqual([4, 4, 2])
  expect(chunkLength({ size: 8, chunkSize: 4 }, 1)).toBe(4)
})

test('pieces are small up to 64 MiB, and larger above', () => {
  const mebibyte = 1024 * 1024
  expect(chunkSizeFor(64 * mebibyte)).toBe(mebibyte)
  expect(chunkSizeFor(64 * mebibyte + 1)).toBe(4 * mebibyte)
})

test('what lies in the cache is known by its address', () => {
  const at = (path: string) => parseChunkKey(`http://localhost:3000${path}`)
  expect(at(chunkKeys.chunk(sha256, 12))).toEqual({ kind: 'chunk', sha256, index: 12 })
  for (const kind of ['manifest', 'pin', 'used'] as const) {
    expect(at(chunkKeys[kind](sha256))).toEqual({ kind, sha256 })
  }
  for (const other of [`/media/${sha256}`, `/media/${sha256}/chunks/`, '/media/abc/pin']) {
    expect(at(other)).toBeNull()
  }
})
