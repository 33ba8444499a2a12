import { describe, expect, it } from 'vitest'
import {
  changeOf,
  draftOf,
  mistakesIn,
  moved,
} from '../../../../src/client/pages/admin/gatherings/gathering-draft.ts'
import { agendaDays } from '../../../../src/client/pages/gathering/agenda-days.ts'
import type { Gathering } from '../../../../src/shared/domain/gathering.ts'

const entry = (time: string) => ({ time, title: 'Lunsj', who: null })
const gathering: Gathering = {
  cohort: 'kull-1',
  stop: 'samling-1',
  kind: 'gathering',
  title: { nn: 'Samling 1', nb: 'Samling 1' },
  audience: null,
  own: false,
  drawing: null,
  starts: '2026-12-09',
  ends: '2026-12-10',
  place: 'Førde',
  startsAt: '10:00',
  endsAt: '09:00',
  address: null,
  meetingLink: null,
  practical: null,
  agenda: [entry('10:00'), entry('12:00')],
  travelDay: false,
  cancelled: false,
  lecturers: [{ name: 'Kommunedirektør, Stord', topic: 'Leiing', about: null }],
  sequence: 3,
  changedAt: 1,
}

describe('a gathering in the form', () => {
  it('says nothing until something is changed, and then only that', () => {
    const draft = draftOf(gathering)
    expect(changeOf(draft, gathering)).toEqual({})
    expect(changeOf({ ...draft, place: '  ', address: ' Rådhuset ' }, gathering)).toEqual({
      place: null,
      address: 'Rådhuset',
    })
    const [first, second] = draft.agenda
    if (!first || !second) throw new Error('two rows')
    expect(changeOf({ ...draft, agenda: [second, first] }, gathering)).toEqual({
      agenda: [entry('12:00'), entry('10:00')],
    })
  })

  it.each([
    [{ starts: '', startsAt: '' }, { starts: 'no-first-day' }],
    [{ ends: '2026-12-08' }, { ends: 'ends-before-start' }],
    [{ ends: '' }, { endsAt: 'ends-before-start' }],
    [{ meetingLink: 'http://meet.example' }, { meetingLink: 'link' }],
    [{ meetingLink: 'https://' }, { meetingLink: 'link' }],
    [{ meetingLink: ' https://meet.example ' }, {}],
    [{}, {}],
  ])('%j has the mistakes %j', (part, mistakes) => {
    expect(mistakesIn({ ...draftOf(gathering), ...part })).toEqual(mistakes)
  })

  it('tells of each row what it lacks', () => {
    const rows = { agenda: [{ id: 90, time: '', title: ' ', who: '' }] }
    const people = { lecturers: [{ id: 91, name: 'A', topic: '', about: '' }] }
    expect(mistakesIn({ ...draftOf(gathering), ...rows, ...people })).toEqual({
      'agenda.90.time': 'time',
      'agenda.90.title': 'needed',
      'lecturers.91.topic': 'needed',
    })
  })

  it('moves rows, and none past the ends', () => {
    const rows = [{ id: 1 }, { id: 2 }, { id: 3 }]
    const ids = (id: number, by: -1 | 1) => moved(rows, id, by).map((row) => row.id)
    expect(ids(3, -1)).toEqual([1, 3, 2])
    expect(ids(1, 1)).toEqual([2, 1, 3])
    expect(ids(1, -1)).toEqual([1, 2, 3])
    expect(ids(3, 1)).toEqual([1, 2, 3])
    expect(ids(9, 1)).toEqual([1, 2, 3])
  })
})

describe('an agenda', () => {
  it('begins a new day where the clock goes back', () => {
    const days = (...times: string[]) =>
      agendaDays(times.map(entry)).map((day) => day.map(({ time }) => time))
    expect(days()).toEqual([])
    expect(days('10:00', '10:00', '19:00', '09:00', '12:00')).toEqual([
      ['10:00', '10:00', '19:00'],
      ['09:00', '12:00'],
    ])
  })
})
