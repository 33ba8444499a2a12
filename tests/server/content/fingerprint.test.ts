import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canonicalJson, fingerprint } from '../../../src/server/content/fingerprint.ts'
import { chunkRange } from '../../../src/shared/media/manifest.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

test('keys are sorted at every depth, lists stay as they are', () => {
  expect(canonicalJson({ b: [{ d: 1, c: [2, 1] }], a: undefined, A: 'æ' })).toBe(
    '{"A":"æ","b":[{"c":[2,1],"d":1}]}',
  )
})

const mebibyte = 1024 * 1024
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test.for([
  ['less than a piece', 1000, 1],
  ['exactly two pieces', 2 * mebibyte, 2],
  ['two pieces and a byte', 2 * mebibyte + 1, 3],
] as const)('a file of %s is cut at each mebibyte, with a hash each', async ([, size, pieces]) => {
  const bytes = randomBytes(size)
  const file = join(temporaryFolder(), 'film.mp4')
  writeFileSync(file, bytes)
  const made = await fingerprint(file)
  expect(made).toMatchObject({ sha256: sha256(bytes), size, chunkSize: mebibyte })
  expect(made.chunks).toHaveLength(pieces)
  for (const [index, hash] of made.chunks.entries()) {
    const { first, last } = chunkRange(made, index)
    expect(hash).toBe(sha256(bytes.subarray(first, last + 1)))
  }
})

test('a large file is cut into larger pieces', async () => {
  const bytes = Buffer.alloc(64 * mebibyte + 1)
  const file = join(temporaryFolder(), 'film.mp4')
  writeFileSync(file, bytes)
  const made = await fingerprint(file)
  expect(made.sha256).toBe(sha256(bytes))
  expect(made.chunks).toHaveLength(17)
  expect(made.chunks.at(-1)).toBe(sha256(Buffer.alloc(1)))
})
