// På reise: what fits in the minutes of a journey.
//
// 1. Everything on the line that is not done is looked at, but not the sheets of a gathering that is over.
// 2. What is done with the group stays at home unless the group travels; what opens on a day to come stays too.
// 3. The rest is put in order: what is due before people next meet, then what else is required, then deepening; in each of
//    these what is begun comes first; then the order of travel.
// 4. In that order each item is taken whole if it fits beside those before it, else left.
//
// So nothing is left in favour of something less urgent, even when that would fill the time better; of all sets that fit, this
// one is the best when two are compared at their most urgent difference. A longer journey may therefore drop a short item
// for a more urgent long one (20 minutes take B of A = 30 and B = 20; 30 minutes take A), but never one that fits beside the rest.
import { dueItems, isDoneTogether } from './due.ts'
import type { Line, LineItem } from './line.ts'

/** no-room = too long for what is left of the time · together = done with the group · later = opens on a day to come. */
export type LeftReason = 'no-room' | 'together' | 'later'

export interface LeftBehind {
  entry: LineItem
  reason: LeftReason
  /** Wanted before people next meet. */
  due: boolean
  /** `yyyy-mm-dd` when the reason is `later`. */
  opens: string | null
}

export interface Journey {
  /** In the order to take them. */
  items: LineItem[]
  /** Minutes of the items, and what is left of the time. */
  used: number
  spare: number
  /** In the same order. */
  left: LeftBehind[]
}

export const packJourney = ({
  line,
  minutes,
  withGroup,
}: {
  line: Line
  minutes: number
  /** A group's tablet: the group is on board. */
  withGroup: boolean
}): Journey => {
  const journey: Journey = { items: [], used: 0, spare: Math.max(0, minutes), left: [] }
  for (const candidate of inOrder(line, withGroup)) {
    const { entry, reason } = candidate
    if (reason === null && entry.left <= journey.spare) {
      journey.items.push(entry)
      journey.used += entry.left
      journey.spare -= entry.left
    } else journey.left.push({ ...candidate, reason: reason ?? 'no-room' })
  }
  return journey
}

type Candidate = Omit<LeftBehind, 'reason'> & { reason: LeftReason | null }

const inOrder = (line: Line, withGroup: boolean): Candidate[] => {
  const due = new Set(dueItems(line, true))
  return line.stops
    .filter(({ kind, state }) => kind === 'own' || state !== 'done')
    .flatMap((stop) =>
      stop.items
        .filter(({ state }) => state !== 'done')
        .map((entry): Candidate => {
          const together = !withGroup && isDoneTogether(stop, entry)
          const reason = stop.opens !== null ? 'later' : together ? 'together' : null
          return { entry, reason, due: due.has(entry), opens: stop.opens }
        }),
    )
    .toSorted((a, b) => urgency(b) - urgency(a)) // stable: the order of travel decides the rest
}

const urgency = ({ due, entry: { item, begun } }: Candidate): number =>
  (due ? 4 : item.depth === 'required' ? 2 : 0) + (begun ? 1 : 0)
