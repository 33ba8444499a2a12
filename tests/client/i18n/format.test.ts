import { beforeEach, describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatClock,
  formatDay,
  formatDaysFromNow,
  formatMinutes,
  formatNumber,
  formatSpan,
  formatTime,
  parseDay,
} from '../../../src/client/i18n/format.ts'
import { setLanguage } from '../../../src/client/i18n/i18n.ts'

beforeEach(async () => {
  // i18n sets the document's language; outside a browser there is none.
  globalThis.document ??= { documentElement: { lang: '' } } as unknown as Document
  await setLanguage('nn')
})

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('numbers and times in Norwegian', () => {
  it('writes days in nynorsk and in bokmål', async () => {
    const day = parseDay('2026-12-12')
    expect(formatDay(day)).toBe('laurdag 12. desember')
    await setLanguage('nb')
    expect(formatDay(day)).toBe('lørdag 12. desember')
  })

  it('adds the year only when it is another', () => {
    expect(formatDay(parseDay('2027-02-03'), parseDay('2026-12-12'))).toBe('onsdag 3. februar 2027')
    expect(formatDay(parseDay('2026-12-01'), parseDay('2026-12-12'))).toBe('tysdag 1. desember')
  })

  it('writes numbers with a comma and a space', () => {
    expect(plain(formatNumber(1234.5))).toBe('1 234,5')
    expect(plain(formatBytes(412_000))).toBe('0,4 MB')
    expect(plain(formatBytes(31_200_000))).toBe('31 MB')
    expect(plain(formatBytes(2_000_000_000))).toBe('2 GB')
  })

  it('writes minutes as hours and minutes', () => {
    expect(formatMinutes(53)).toBe('53 min')
    expect(formatMinutes(70)).toBe('1 t 10 min')
    expect(formatMinutes(120)).toBe('2 t')
    expect(formatMinutes(-3)).toBe('0 min')
  })

  it('writes the time within a film', () => {
    expect(formatTime(192.7)).toBe('3.12')
    expect(formatTime(3792)).toBe('1.03.12')
  })

  it('writes the clock', () => {
    expect(formatClock(new Date(2026, 11, 1, 8, 39).getTime())).toBe('kl. 08.39')
  })

  it('writes spans within a month and across two', () => {
    expect(formatSpan(parseDay('2026-12-09'), parseDay('2026-12-10'))).toBe('9.–10. desember')
    expect(formatSpan(parseDay('2026-11-30'), parseDay('2026-12-01'))).toBe(
      '30. november–1. desember',
    )
    expect(formatSpan(parseDay('2026-12-09'), parseDay('2026-12-09'))).toBe('9. desember')
  })

  it('says how far away a day is', async () => {
    expect([0, 1, 8, 13, -1, -3].map((days) => plain(formatDaysFromNow(days)))).toEqual([
      'i dag',
      'i morgon',
      'om åtte dagar',
      'om 13 dagar',
      'i går',
      'for tre dagar sidan',
    ])
    await setLanguage('nb')
    expect(formatDaysFromNow(8)).toBe('om åtte dager')
  })
})
