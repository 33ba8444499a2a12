// The certificate's rule, apart from the schemas.
//
// 1. What this person meets: the required items of the line, or of their audience's track.
// 2. Done is what they have marked as done themselves. The rule asks for a share of the required minutes, and for stops whose last
//    day is over in their cohort.
// 3. Hours: own time that is done, and the gatherings' own hours when their last day is over. Nobody keeps a list of who came, so
//    the certificate says "held", not "attended". Items inside a gathering's hours add nothing, as in the budget.
import type { CertificateStanding } from './certificate.ts'
import { isMetBy } from './line.ts'
import type { Outline, OutlineItem } from './outline.ts'
import type { LocalText } from './text.ts'

export interface StandingInput {
  outline: Outline
  /** By item id. */
  progress: Readonly<Record<string, { done: boolean }>>
  audience: string | null
  moreAudiences?: readonly string[]
  /** The days of the cohort, or of the own municipality. */
  stops: readonly {
    stop: string
    starts: string | null
    ends: string | null
    cancelled?: boolean
  }[]
  /** `yyyy-mm-dd` */
  today: string
}

/** Null = the programme has no certificate. */
export const certificateStanding = (input: StandingInput): CertificateStanding | null => {
  const rule = input.outline.certificate
  if (!rule) return null
  const met = whatTheyMeet(input)
  const isDone = ({ id }: OutlineItem): boolean => input.progress[id]?.done === true
  const required = met.sections.flatMap(({ items }) => items)
  const done = required.filter(isDone)
  const [requiredMinutes, doneMinutes] = [sum(required), sum(done)]
  const wanted = Math.ceil(requiredMinutes * rule.requiredShare - 1e-9)

  const held = met.stops.filter(({ id }) => isHeld(input, id))
  const missingStops = met.stops.filter(({ id }) => rule.passed.includes(id) && !isHeld(input, id))
  const inside = new Set(met.stops.filter(({ minutes }) => minutes).map(({ id }) => id))
  const missingMinutes = Math.max(0, wanted - doneMinutes)
  const trained = new Set(done.flatMap(({ abilities }) => abilities))
  return {
    rule,
    // Who meets nothing has taken part in nothing.
    met: required.length > 0 && missingMinutes === 0 && missingStops.length === 0,
    doneMinutes,
    requiredMinutes,
    missingMinutes,
    missingStops: missingStops.map(({ id, title }) => ({ id, title })),
    ownMinutes: sum(done.filter(({ stop }) => stop === null || !inside.has(stop))),
    gatheringMinutes: held.reduce((total, { minutes }) => total + (minutes ?? 0), 0),
    modules: met.sections
      .filter(({ items }) => {
        const share = Math.ceil(sum(items) * rule.requiredShare - 1e-9)
        return items.length > 0 && sum(items.filter(isDone)) >= share
      })
      .map(({ id, title }) => ({ id, title })),
    abilities: input.outline.framework.abilities
      .filter(({ id }) => trained.has(id))
      .map(({ id, title }) => ({ id, title })),
  }
}

/** Whole and half hours, rounded down. */
export const hoursOf = (minutes: number): number => Math.floor(minutes / 30) / 2

interface Met {
  sections: { id: string; title: LocalText; items: OutlineItem[] }[]
  stops: { id: string; title: LocalText; minutes?: number | undefined }[]
}

const whatTheyMeet = ({ outline, audience, moreAudiences }: StandingInput): Met => {
  const isRequired = ({ depth }: OutlineItem): boolean => depth === 'required'
  const track = outline.tracks.find((one) => one.audience === audience)
  if (track) {
    const { id, title, items, meeting } = track
    return {
      sections: [{ id, title, items: items.filter(isRequired) }],
      stops: [{ id, title: meeting.title, minutes: meeting.minutes }],
    }
  }
  const isMet = isMetBy(audience, moreAudiences)
  return {
    sections: outline.modules.map(({ id, title, items }) => ({
      ...{ id, title },
      items: items.filter((item) => isRequired(item) && isMet(item)),
    })),
    stops: outline.stops,
  }
}

const isHeld = ({ stops, today }: StandingInput, id: string): boolean => {
  const days = stops.find(({ stop }) => stop === id)
  const last = days?.ends ?? days?.starts ?? null
  return last !== null && last < today && days?.cancelled !== true
}

const sum = (items: readonly OutlineItem[]): number =>
  items.reduce((total, { minutes }) => total + minutes, 0)
