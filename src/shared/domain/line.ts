// The line: the programme as one person's crossing.
//
// 1. Every stop gets its dates, the items that this audience meets there, and the day it opens.
// 2. A gathering or a day at home is passed when its last day is; own time when its required items are done.
// 3. Next is the first required item that is open and not done, in order of travel. When no item is, it is the first
//    gathering or day at home that is not passed and whose own time before it has opened.
// 4. The states of the stops, the place of the ferry and the figures of the headline follow from that.
import type { Outline, OutlineItem, OutlineTrack } from './outline.ts'
import type { CohortStop } from './person.ts'
import type { StopKind } from './programme.ts'
import type { LocalText } from './text.ts'

/** done · begun · next = the one thing to do now · open · later = opens on a day to come. */
export type LineState = 'done' | 'begun' | 'next' | 'open' | 'later'

export interface LineItem {
  item: OutlineItem
  state: LineState
  /** Something is seen or written, but it is not done; also when it is next. */
  begun: boolean
  /** Minutes left, 0 when done. Deepening has minutes too, but they are never summed. */
  left: number
}

export interface LineStop {
  id: string
  kind: StopKind
  title: LocalText
  summary: LocalText | null
  /** First and last day, `yyyy-mm-dd`; own time has no last day. */
  starts: string | null
  ends: string | null
  place: string | null
  drawing: string | null
  state: LineState
  /** The day it opens, when that is to come. */
  opens: string | null
  items: LineItem[]
  /** Minutes of the required items, left and in all. Items inside a gathering's own hours add nothing. */
  left: number
  total: number
  /** Required items, done and in all. */
  done: number
  of: number
}

export interface Line {
  /** The track, when the audience has a line of its own. */
  track: OutlineTrack | null
  stops: LineStop[]
  /** Index of the stop to show opened: where the next thing is, or the last one that is done. */
  here: number
  /** `item` is null when the next thing is the gathering itself; null when nothing is open now. */
  next: { stop: number; item: LineItem | null } | null
  /** Behind which stop (-1 = before the first), and how far towards the following one: 0.25–0.75. */
  ferry: { after: number; share: number }
  /** The next day when people meet; `minutes` is what is left to do before it. Null without dates. */
  ahead: { stop: number; days: number; minutes: number } | null
  left: number
  total: number
  finished: boolean
}

export interface LineInput {
  outline: Outline
  stops: readonly CohortStop[]
  /** Null for a group's tablet or a facilitator: everything that the leaders meet. */
  audience: string | null
  /** More that the person belongs to. */
  moreAudiences?: readonly string[]
  /** A group's tablet: only what the group writes together counts. */
  groupOnly?: boolean
  /** By item id. `furthest` in seconds of media or 0–1 of a text. */
  progress: Readonly<Record<string, { furthest: number; done: boolean }>>
  /** Ids of items in which something is written. */
  written?: ReadonlySet<string>
  /** `yyyy-mm-dd` */
  today: string
}

/** A task where any field belongs to the group. */
export const isGroupTask = (item: OutlineItem): boolean =>
  item.fields.some(({ sees }) => sees === 'group')

/** Is an item for somebody of these audiences? All are, for who has none. */
export const isMetBy =
  (audience: string | null, more: readonly string[] = []) =>
  ({ audiences }: Pick<OutlineItem, 'audiences'>): boolean =>
    audience === null || [audience, ...more].some((one) => audiences.includes(one))

export const makeLine = (input: LineInput): Line => {
  const track = input.outline.tracks.find(({ audience }) => audience === input.audience) ?? null
  const stops = track ? trackStops(track, input) : moduleStops(input)
  return sail(stops, track, input.today)
}

/** Whole days from one calendar day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000)

// ── 1. Stops with their items

type Draft = LineStop & { passed: boolean }

const moduleStops = (input: LineInput): Draft[] => {
  const met = input.outline.modules
    .flatMap(({ items }) => items)
    .filter(isMetBy(input.audience, input.moreAudiences))
    .filter((item) => !input.groupOnly || isGroupTask(item))
  const drafts: Draft[] = []
  for (const stop of input.outline.stops) {
    const dates = datesOf(input.stops, stop.id)
    const previous = drafts.at(-1)
    const first = stop.kind === 'own' && !drafts.some(({ kind }) => kind === 'own')
    // Own time opens on its own date, else when the day before it on the line is over.
    const opens = first ? null : (dates.starts ?? previous?.ends ?? previous?.starts ?? null)
    drafts.push(
      draft(
        {
          id: stop.id,
          kind: stop.kind,
          title: stop.title,
          summary: stop.summary ?? null,
          ...dates,
          opens: later(stop.kind === 'own' ? opens : dates.starts, input.today),
        },
        met.filter((item) => item.stop === stop.id),
        stop.minutes === undefined,
        input,
      ),
    )
  }
  return drafts
}

const trackStops = (track: OutlineTrack, input: LineInput): Draft[] => {
  const none = { starts: null, ends: null, place: null, drawing: null }
  const films = track.items.map((item) =>
    draft(
      { id: item.id, kind: 'own', title: item.title, summary: item.summary, ...none, opens: null },
      [item],
      true,
      input,
    ),
  )
  const dates = datesOf(input.stops, track.id)
  const { title, text } = track.meeting
  const meeting = { id: track.id, kind: 'gathering' as const, title, summary: text, ...dates }
  return [
    ...films,
    draft({ ...meeting, opens: later(dates.starts, input.today) }, [], false, input),
  ]
}

const datesOf = (
  stops: readonly CohortStop[],
  id: string,
): Pick<LineStop, 'starts' | 'ends' | 'place' | 'drawing'> => {
  const found = stops.find(({ stop }) => stop === id)
  return {
    starts: found?.starts ?? null,
    ends: found?.ends ?? null,
    place: found?.place ?? null,
    drawing: found?.drawing ?? null,
  }
}

const later = (day: string | null, today: string): string | null =>
  day !== null && day > today ? day : null

const draft = (
  stop: Omit<LineStop, 'state' | 'items' | 'left' | 'total' | 'done' | 'of'>,
  outlineItems: readonly OutlineItem[],
  counts: boolean,
  input: LineInput,
): Draft => {
  const items = outlineItems.map((item) => lineItem(item, stop.opens !== null, input))
  const required = items.filter(({ item }) => item.depth === 'required')
  const sum = (of: (item: LineItem) => number): number =>
    counts ? required.reduce((total, item) => total + of(item), 0) : 0
  return {
    ...stop,
    state: 'open',
    passed: false,
    items,
    left: sum(({ left }) => left),
    total: sum(({ item }) => item.minutes),
    done: required.filter(({ state }) => state === 'done').length,
    of: required.length,
  }
}

const lineItem = (item: OutlineItem, closed: boolean, input: LineInput): LineItem => {
  const progress = input.progress[item.id]
  if (progress?.done) return { item, state: 'done', begun: false, left: 0 }
  const begun = (progress?.furthest ?? 0) > 0 || (input.written?.has(item.id) ?? false)
  const seconds = item.media?.file.seconds ?? 0
  const seen = seconds > 0 ? Math.min(1, (progress?.furthest ?? 0) / seconds) : 0
  const left = Math.max(1, Math.ceil(item.minutes * (1 - seen)))
  return { item, state: closed ? 'later' : begun ? 'begun' : 'open', begun, left }
}

// ── 2–4. What is passed, what is next, and the states

const sail = (stops: Draft[], track: OutlineTrack | null, today: string): Line => {
  markPassed(stops, today)
  const next = findNext(stops)
  if (next?.item) next.item.state = 'next'
  stops.forEach((stop, index) => {
    stop.state = stateOf(stops, index, next, today)
  })
  const finished = next === null && stops.every(({ passed }) => passed)
  const lastPassed = stops.findLastIndex(({ passed }) => passed)
  const left = sumLeft(stops)
  return {
    track,
    stops: stops.map(({ passed: _, ...stop }) => stop),
    here: next?.stop ?? Math.max(0, lastPassed),
    next,
    ferry: ferryOf(stops, next, lastPassed, finished),
    ahead: aheadOf(stops, today),
    left,
    total: stops.reduce((sum, { total }) => sum + total, 0),
    finished,
  }
}

const lastDay = (stop: LineStop): string | null => stop.ends ?? stop.starts
const touched = ({ items }: LineStop): boolean =>
  items.some(({ state, begun }) => begun || state === 'done')

/** From the end of the line, since a stop without a date is passed when anything behind it is begun. */
const markPassed = (stops: Draft[], today: string): void => {
  let movedOn = false
  for (const stop of stops.toReversed()) {
    const end = lastDay(stop)
    if (stop.kind === 'own') stop.passed = stop.of > 0 ? stop.done === stop.of : movedOn
    else if (end !== null) stop.passed = end < today
    else stop.passed = movedOn || (stop.of > 0 && stop.done === stop.of)
    movedOn ||= stop.kind === 'own' ? touched(stop) : stop.passed
  }
}

const findNext = (stops: readonly Draft[]): Line['next'] => {
  for (const [index, stop] of stops.entries()) {
    if (stop.opens !== null || (stop.kind !== 'own' && stop.passed)) continue
    const item = stop.items.find(
      ({ item: { depth }, state }) => depth === 'required' && state !== 'done',
    )
    if (item) return { stop: index, item }
  }
  for (const [index, stop] of stops.entries()) {
    if (stop.passed) continue
    if (stop.kind !== 'own') return { stop: index, item: null }
    if (stop.of > 0) return null // own time that has not opened
  }
  return null
}

const stateOf = (
  stops: readonly Draft[],
  index: number,
  next: Line['next'],
  today: string,
): LineState => {
  const stop = stops[index]
  if (!stop || stop.passed) return 'done'
  const isNext = next?.stop === index
  if (stop.kind === 'own') {
    if (stop.opens !== null) return 'later'
    // A stop that is one film stays lit when the film is begun; the ferry has passed it.
    if (isNext && (!touched(stop) || stop.items.length === 1)) return 'next'
    return touched(stop) ? 'begun' : 'open'
  }
  if (stop.starts !== null && stop.starts <= today) return 'begun'
  if (isNext) return touched(stop) ? 'begun' : 'next'
  const closed = stops
    .slice(0, index)
    .some((before) => before.opens !== null && (before.kind !== 'own' || before.of > 0))
  return closed ? 'later' : 'open'
}

const ferryOf = (
  stops: readonly Draft[],
  next: Line['next'],
  lastPassed: number,
  finished: boolean,
): Line['ferry'] => {
  const clamp = (share: number): number => Math.min(0.75, Math.max(0.25, share))
  if (finished) return { after: stops.length - 2, share: 0.75 }
  if (next === null) return { after: lastPassed, share: 0.25 }
  const stop = stops[next.stop]
  if (stop?.kind !== 'own') return { after: next.stop - 1, share: 0.75 }
  if (!touched(stop)) return { after: next.stop - 1, share: 0.25 }
  return {
    after: next.stop,
    share: clamp(stop.total > 0 ? (stop.total - stop.left) / stop.total : 0),
  }
}

const aheadOf = (stops: readonly Draft[], today: string): Line['ahead'] => {
  const index = stops.findIndex(
    (stop) => stop.kind !== 'own' && !stop.passed && stop.starts !== null,
  )
  const starts = stops[index]?.starts
  if (!starts) return null
  const days = Math.max(0, daysBetween(today, starts))
  return { stop: index, days, minutes: sumLeft(stops.slice(0, index)) }
}

const sumLeft = (stops: readonly LineStop[]): number =>
  stops.reduce((sum, { left }) => sum + left, 0)
