import { describe, expect, it } from 'vitest'
import {
  audiencesOfDate,
  findAudience,
  findAudiences,
} from '../../../src/shared/domain/audience-words.ts'
import { nearestWord, plainWords } from '../../../src/shared/domain/plain-words.ts'
import { findServiceArea, serviceAreas } from '../../../src/shared/domain/service-area.ts'

const audiences = [
  {
    id: 'leiargruppe',
    number: 1,
    title: { nn: 'Kommunedirektørar med leiargrupper', nb: 'Kommunedirektører med ledergrupper' },
  },
  { id: 'hr', number: 2, title: { nn: 'HR-leiarar/ressursar', nb: 'HR-ledere/ressurser' } },
  { id: 'folkevalde', number: 5, title: { nn: 'Folkevalde', nb: 'Folkevalgte' } },
]

describe('a service area', () => {
  it.each([
    ['Helse- og omsorg', 'helse-og-omsorg'],
    ['HELSE & OMSORG', 'helse-og-omsorg'],
    ['helse-og-omsorg', 'helse-og-omsorg'],
    ['Kommunalområde oppvekst', 'oppvekst'],
    ['Skole og barnehage', 'oppvekst'],
    ['Tenesteområde: Teknisk', 'teknisk'],
    ['NAV', 'nav-og-velferd'],
    ['Stab/støtte', 'stab-og-stotte'],
    ['Stab og støtte', 'stab-og-stotte'],
    ['romfart', null],
    ['', null],
    ['og', null],
  ])('is known by what people write: %s', (written, area) => {
    expect(findServiceArea(written)).toBe(area)
  })

  it('is known by its id', () => {
    expect(serviceAreas.map(findServiceArea)).toEqual(serviceAreas)
  })
})

describe('an audience', () => {
  it.each([
    ['1', 'leiargruppe'],
    ['Målgruppe 2', 'hr'],
    ['HR', 'hr'],
    ['Ledergruppen', 'leiargruppe'],
    ['kommunedirektører med ledergrupper', 'leiargruppe'],
    ['Politiker', 'folkevalde'],
    ['3', undefined], // the programme has none
    ['9', undefined],
    ['kokk', undefined],
    ['', undefined],
  ])('is known by what people write: %s', (written, id) => {
    expect(findAudience(written, audiences)?.id).toBe(id)
  })

  it('may be several, in the order written, each once', () => {
    const ids = (written: string) =>
      findAudiences(written, audiences).map((one) => (typeof one === 'string' ? one : one.id))
    expect(ids('2 / leiargruppe+HR')).toEqual(['hr', 'leiargruppe'])
    expect(ids('HR-ledere/ressurser')).toEqual(['hr'])
    expect(ids('1/kokk')).toEqual(['leiargruppe', 'kokk'])
    expect(ids(' / ')).toEqual([])
  })
})

describe('what a spreadsheet program took for a date', () => {
  it.each([
    ['03/04/26', '3+4'],
    ['03.04.2026', '3+4'],
    ['3.4', '3+4'],
    ['03.apr', '3+4'],
    ['3. mai', '3+5'],
    ['03.des', null],
    ['3/7', null],
    ['HR', null],
  ])('was two audiences: %s', (written, meant) => {
    expect(audiencesOfDate(written)).toBe(meant)
  })
})

describe('the nearest word', () => {
  it('is the one with the fewest letters wrong', () => {
    const places = ['Stord', 'Stad', 'Bømlo', 'Bjørnafjorden']
    expect(nearestWord('Stordd', places)).toBe('Stord')
    expect(nearestWord('BOMLO', places)).toBe('Bømlo')
    expect(nearestWord('Bjornefjorden', places)).toBe('Bjørnafjorden')
    expect(nearestWord('Trondheim', places)).toBeNull()
    expect(nearestWord('', places)).toBeNull()
  })

  it('is compared as letters, however they are put together', () => {
    expect(plainWords('A\u030alesund  KOMMUNE.')).toBe('ålesund kommune')
  })
})
