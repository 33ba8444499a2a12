import type { Gathering, GatheringChange, Lecturer } from '../../../../shared/domain/gathering.ts'

/** Rows keep their `id` wherever they are moved. */
export interface AgendaDraft {
  id: number
  time: string
  title: string
  who: string
}
export interface LecturerDraft {
  id: number
  name: string
  topic: string
  about: string
}

/** A gathering as it stands in the form: empty fields are empty texts. */
export interface GatheringDraft {
  starts: string
  ends: string
  startsAt: string
  endsAt: string
  place: string
  address: string
  meetingLink: string
  practical: string
  travelDay: boolean
  agenda: readonly AgendaDraft[]
  lecturers: readonly LecturerDraft[]
}

export type Wrong = 'no-first-day' | 'ends-before-start' | 'time' | 'needed' | 'link'
/** By field; a row's is `agenda.<id>.time`. */
export type Mistakes = Readonly<Record<string, Wrong>>

const lines = ['starts', 'ends', 'startsAt', 'endsAt', 'place', 'address', 'meetingLink'] as const

let lastId = 0
export const newId = (): number => ++lastId

export const draftOf = (gathering: Gathering): GatheringDraft => {
  const { starts, ends, startsAt, endsAt, place, address, meetingLink, practical } = gathering
  return {
    starts: starts ?? '',
    ends: ends ?? '',
    startsAt: startsAt ?? '',
    endsAt: endsAt ?? '',
    place: place ?? '',
    address: address ?? '',
    meetingLink: meetingLink ?? '',
    practical: practical ?? '',
    travelDay: gathering.travelDay,
    agenda: gathering.agenda.map((row) => ({ ...row, who: row.who ?? '', id: newId() })),
    lecturers: gathering.lecturers.map((one) => ({
      ...one,
      about: one.about ?? '',
      id: newId(),
    })),
  }
}

/** What the draft says otherwise than the gathering: what somebody else changed meanwhile stays. */
export const changeOf = (draft: GatheringDraft, gathering: Gathering): GatheringChange => {
  const said = saidBy(draft)
  return Object.fromEntries(
    Object.entries(said).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(gathering[key as keyof Gathering]),
    ),
  )
}

const saidBy = (draft: GatheringDraft): GatheringChange => ({
  ...Object.fromEntries(lines.map((key) => [key, draft[key].trim() || null])),
  practical: draft.practical.trim() || null,
  travelDay: draft.travelDay,
  agenda: draft.agenda.map(({ time, title, who }) => ({
    ...{ time, title: title.trim(), who: who.trim() || null },
  })),
  lecturers: draft.lecturers.map(
    ({ name, topic, about }): Lecturer => ({
      ...{ name: name.trim(), topic: topic.trim(), about: about.trim() || null },
    }),
  ),
})

/** What must be put right before the server would take it. */
export const mistakesIn = (draft: GatheringDraft): Mistakes => {
  const { starts, ends, startsAt, endsAt, meetingLink } = draft
  const found: Record<string, Wrong> = {}
  if (!starts && (ends || startsAt || endsAt)) found.starts = 'no-first-day'
  if (starts && ends && ends < starts) found.ends = 'ends-before-start'
  const isOneDay = !ends || ends === starts
  if (isOneDay && startsAt && endsAt && endsAt <= startsAt) found.endsAt = 'ends-before-start'
  if (meetingLink.trim() && !isLink(meetingLink.trim())) found.meetingLink = 'link'
  for (const { id, time, title } of draft.agenda) {
    if (!/^\d\d:\d\d$/.test(time)) found[`agenda.${id}.time`] = 'time'
    if (!title.trim()) found[`agenda.${id}.title`] = 'needed'
  }
  for (const { id, name, topic } of draft.lecturers) {
    if (!name.trim()) found[`lecturers.${id}.name`] = 'needed'
    if (!topic.trim()) found[`lecturers.${id}.topic`] = 'needed'
  }
  return found
}

const isLink = (text: string): boolean => /^https:\/\/[^\s/?#]/i.test(text) && URL.canParse(text)

/** The row moved by so many places; the same list at its ends. */
export const moved = <Row extends { id: number }>(
  rows: readonly Row[],
  id: number,
  by: -1 | 1,
): readonly Row[] => {
  const from = rows.findIndex((row) => row.id === id)
  const row = rows[from]
  const to = from + by
  return row && to >= 0 && to < rows.length ? rows.toSpliced(from, 1).toSpliced(to, 0, row) : rows
}
