import { expect, test } from 'vitest'
import { canonicalJson } from '../../../src/server/content/fingerprint.ts'

test('keys are sorted at every depth, lists stay as they are', () => {
  expect(canonicalJson({ b: [{ d: 1, c: [2, 1] }], a: undefined, A: 'æ' })).toBe(
    '{"A":"æ","b":[{"c":[2,1],"d":1}]}',
  )
})
