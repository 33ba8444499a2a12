import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { writerName } from '../../../../src/client/components/fields/seal.tsx'
import { loadLaterStrings, setLanguage } from '../../../../src/client/i18n/i18n.ts'
import { erasedLabel } from '../../../../src/shared/words/blocks.ts'

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} })
  await setLanguage('nn')
  await loadLaterStrings()
})
afterAll(() => {
  vi.unstubAllGlobals()
})

test.each([
  ['nn', 'Tidlegare deltakar', 'HR-leiar'],
  ['nb', 'Tidligere deltaker', 'HR-leder'],
] as const)('in %s somebody who has been erased is “%s”', async (language, former, hr) => {
  await setLanguage(language)
  // As the server writes it, and as it overwrites names of before.
  for (const label of [erasedLabel, '-'.repeat(31)])
    expect(writerName({ label, role: null })).toBe(former)
  expect(writerName({ label: erasedLabel, role: 'hr' })).toBe(hr)
  expect(writerName({ label: 'Leiargruppa – Stord', role: null })).toBe('Leiargruppa – Stord')
})
