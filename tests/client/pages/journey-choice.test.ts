import { describe, expect, it } from 'vitest'
import {
  type JourneyChoice,
  minutesOf,
  placeOf,
  readChoice,
  toPlace,
  withMinutes,
} from '../../../src/client/pages/journey/journey-choice.ts'

const fresh: JourneyChoice = { chosen: '45', own: null, places: {} }
const places = ['Førde', 'Stord']
const stored = (choice: JourneyChoice): string => JSON.stringify(choice)

describe('the length of a journey', () => {
  it('is 45 minutes the first time', () => {
    expect(readChoice(null, undefined, places)).toEqual(fresh)
    expect(minutesOf(fresh)).toBe(45)
  })

  it('is remembered, with the travel time that the person has given each place', () => {
    const toForde = withMinutes({ ...fresh, chosen: toPlace('Førde') }, 200)
    const kept = readChoice(stored(toForde), undefined, places)
    expect(placeOf(kept)).toBe('Førde')
    expect(minutesOf(kept)).toBe(200)
    expect(minutesOf({ ...kept, chosen: toPlace('Stord') })).toBeNull()
  })

  it('is not known for a place before the person has said it, nor after it was taken back', () => {
    const toForde = { ...fresh, chosen: toPlace('Førde') }
    expect(minutesOf(toForde)).toBeNull()
    for (const nonsense of [0, -5, Number.NaN, 1.5, 25 * 60]) {
      expect(minutesOf(withMinutes(withMinutes(toForde, 200), nonsense))).toBeNull()
    }
  })

  it('keeps a free time apart from the places', () => {
    const own = withMinutes({ ...fresh, chosen: 'own', places: { Førde: 200 } }, 33)
    expect(own).toEqual({ chosen: 'own', own: 33, places: { Førde: 200 } })
    expect(minutesOf(own)).toBe(33)
  })

  it('follows the minutes in the address before what is remembered', () => {
    const kept = { ...fresh, chosen: '90', places: { Førde: 200 } }
    expect(readChoice(stored(kept), '53', places)).toEqual({ ...kept, chosen: 'own', own: 53 })
    for (const nonsense of ['', 'abc', '0', '-4', '5.5', '99999']) {
      expect(readChoice(stored(kept), nonsense, places)).toEqual(kept)
    }
  })

  it('forgets a place that is no longer ahead as a choice, but not how far it is', () => {
    const kept = { ...fresh, chosen: toPlace('Førde'), places: { Førde: 200 } }
    expect(readChoice(stored(kept), undefined, ['Stord'])).toEqual({ ...kept, chosen: '45' })
  })

  it('begins anew where what is stored cannot be read', () => {
    const broken = [
      '',
      '{',
      'null',
      '[]',
      '"45"',
      '{"chosen":7,"own":"x","places":{"Førde":"far"}}',
      '{"chosen":"46"}',
      '{"places":null}',
    ]
    for (const text of broken) expect(readChoice(text, undefined, places)).toEqual(fresh)
  })
})
