import { expect, test } from 'vitest'
import { loadLaterStrings, setLanguage } from '../../../src/client/i18n/i18n.ts'
import { untilWords } from '../../../src/client/pages/table/until.ts'

test('a table ends with a day in Norway, wherever the tablet believes it is', async () => {
  // i18n sets the document's language; outside a browser there is none.
  globalThis.document ??= { documentElement: { lang: '' } } as unknown as Document
  await setLanguage('nn')
  await loadLaterStrings()
  const year = new Date().getFullYear()
  expect(untilWords(Date.parse(`${year}-12-10T23:00:00Z`))).toBe('slutten av 10. desember')
  expect(untilWords(Date.parse(`${year}-07-01T22:00:00Z`))).toBe('slutten av 1. juli')
  expect(untilWords(Date.parse(`${year}-07-01T21:59:00Z`))).not.toContain('slutten')
})
