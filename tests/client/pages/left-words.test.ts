import { beforeEach, describe, expect, it } from 'vitest'
import { loadLaterStrings, setLanguage } from '../../../src/client/i18n/i18n.ts'
import { leftWords } from '../../../src/client/pages/journey/left-words.ts'
import { packJourney } from '../../../src/shared/domain/journey.ts'
import { makeLine } from '../../../src/shared/domain/line.ts'
import type { OutlineItem } from '../../../src/shared/domain/outline.ts'
import { film, groupTask, outlineOf } from '../../shared/domain/sample-outline.ts'

beforeEach(async () => {
  // i18n sets the document's language; outside a browser there is none.
  globalThis.document ??= { documentElement: { lang: '' } } as unknown as Document
  await setLanguage('nn')
  await loadLaterStrings()
})

const said = (minutes: number, items: OutlineItem[]): string[] => {
  const line = makeLine({
    outline: outlineOf(items),
    stops: [
      { stop: 'g1', starts: '2026-12-09', ends: '2026-12-10', place: 'Førde', drawing: null },
    ],
    audience: 'leiargruppe',
    progress: {},
    today: '2026-12-01',
  })
  return leftWords(packJourney({ line, minutes, withGroup: false }), line)
}

describe('what gets no place', () => {
  it('is nothing to speak of when all fits', () => {
    expect(said(30, [film('a', 30)])).toEqual([])
  })

  it('is named with its time, three at most', () => {
    expect(said(5, [film('a', 30)])).toEqual(['Får ikkje plass: «a» (30\u00a0min).'])
    expect(said(5, [film('a', 30), film('b', 75)])).toEqual([
      'Får ikkje plass: «a» (30\u00a0min) og «b» (1\u00a0t\u00a015\u00a0min).',
    ])
    expect(
      said(
        5,
        ['a', 'b', 'c', 'd', 'e'].map((id) => film(id, 9)),
      ),
    ).toEqual(['Får ikkje plass: «a» (9\u00a0min), «b» (9\u00a0min), «c» (9\u00a0min) og 2 til.'])
  })

  it('is left to the group, or opens on a day to come', () => {
    const later = film('between', 9, { stop: 'mid' })
    expect(said(60, [groupTask('a', 'pre'), later])).toEqual([
      'Gruppeoppgåva «a» gjer de saman.',
      'Mellomarbeid opnar 10. desember.',
    ])
    expect(said(60, [groupTask('a', 'pre'), groupTask('b', 'pre')])).toEqual([
      'Gruppeoppgåvene «a» og «b» gjer de saman.',
    ])
  })

  it('is said in bokmål too', async () => {
    await setLanguage('nb')
    expect(said(5, [film('a', 30), groupTask('b', 'pre')])).toEqual([
      'Får ikke plass: «a» (30\u00a0min).',
      'Gruppeoppgaven «b» gjør dere sammen.',
    ])
  })
})
