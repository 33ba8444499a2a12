import type { Outline, OutlineItem } from './outline.ts'

/** What one audience is asked to give, in minutes. */
export interface AudienceBudget {
  audience: string
  /** Required items at stops without minutes of their own. */
  modules: { module: string; minutes: number }[]
  /** Stops with minutes: gatherings and half days, each counted once. */
  stops: { stop: string; minutes: number }[]
  /** A track stands instead of modules and stops; its meeting comes beside. */
  track: { track: string; minutes: number; maxMinutes: number; meeting: number } | null
  required: number
  /** Deepening, outside the budget. */
  fordjuping: number
}

type Measured = Pick<OutlineItem, 'depth' | 'audiences' | 'minutes' | 'stop'>
/** The parts of an outline that the budget reads. */
export interface Measurable {
  audiences: readonly { id: string }[]
  stops: Outline['stops']
  modules: readonly { id: string; items: readonly Measured[] }[]
  tracks: readonly (Pick<Outline['tracks'][number], 'id' | 'audience' | 'maxMinutes'> & {
    meeting: { minutes: number }
    items: readonly Measured[]
  })[]
}

export const countBudget = (outline: Measurable): AudienceBudget[] =>
  outline.audiences.map(({ id }) => {
    const track = outline.tracks.find((one) => one.audience === id)
    return track ? trackBudget(id, track) : modulesBudget(id, outline)
  })

const trackBudget = (audience: string, track: Measurable['tracks'][number]): AudienceBudget => {
  const minutes = sum(track.items, 'required')
  const { id, maxMinutes, meeting } = track
  return {
    audience,
    modules: [],
    stops: [],
    track: { track: id, minutes, maxMinutes, meeting: meeting.minutes },
    required: minutes,
    fordjuping: sum(track.items, 'fordjuping'),
  }
}

const modulesBudget = (audience: string, outline: Measurable): AudienceBudget => {
  const stops = outline.stops.flatMap(({ id, minutes }) => (minutes ? [{ stop: id, minutes }] : []))
  const withMinutes = new Set(stops.map(({ stop }) => stop))
  const met = outline.modules.map(({ id, items }) => ({
    module: id,
    items: items.filter((item) => item.audiences.includes(audience)),
  }))
  const modules = met.map(({ module, items }) => {
    // Items at a stop with minutes lie inside them.
    const own = items.filter(({ stop }) => stop === null || !withMinutes.has(stop))
    return { module, minutes: sum(own, 'required') }
  })
  return {
    audience,
    modules,
    stops,
    track: null,
    required: [...modules, ...stops].reduce((total, { minutes }) => total + minutes, 0),
    fordjuping: sum(
      met.flatMap(({ items }) => items),
      'fordjuping',
    ),
  }
}

const sum = (items: readonly Measured[], depth: Measured['depth']): number =>
  items.filter((item) => item.depth === depth).reduce((total, { minutes }) => total + minutes, 0)
