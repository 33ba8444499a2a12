import {
  type DayEvent,
  decodeWordsEvent,
  type Presence,
  type PresentDevice,
} from '../../shared/protocol/event-frames.ts'
import type { LiveDeps } from './live-deps.ts'
import type { ServerEvent } from './live-stream.ts'

/** What one event says of who is there. Null = something else, or of a release that speaks differently. */
export const presenceOf = ({ event, data }: ServerEvent): Presence | null => {
  if (event !== 'presence') return null
  const { scope, present } = parsed(data) as Partial<Presence>
  return typeof scope === 'string' && Array.isArray(present)
    ? { scope, present: present.filter(isPresentDevice) }
    : null
}

export const listeningOf = ({
  event,
  data,
}: ServerEvent): { scope: string; listening: number } | null => {
  if (event !== 'listening') return null
  const { scope, listening } = parsed(data) as { scope?: unknown; listening?: unknown }
  return typeof scope === 'string' && typeof listening === 'number' ? { scope, listening } : null
}

/** What goes on at a gathering, and how far the server's clock is ahead of this device's, ms. */
export interface ToldDay {
  day: DayEvent['day']
  ahead: number
}

/** What is told of a day is looked through where it is shown. */
export const toldDayOf = ({ event, data }: ServerEvent, deviceNow: number): ToldDay | null => {
  if (event !== 'day') return null
  const { now, day } = parsed(data) as Partial<DayEvent>
  return typeof now === 'number' && typeof day?.stop === 'string'
    ? { day, ahead: now - deviceNow }
    : null
}

/** Takes in the words that come with an event, or asks for them. Never rejects. */
export const takeWords = async (
  { scopes, take, kick }: Pick<LiveDeps, 'scopes' | 'take' | 'kick'>,
  data: string,
): Promise<void> => {
  try {
    const { from, answer } = decodeWordsEvent(data)
    if (answer.items.length > 0) return await take(from, answer)
    const here = (await scopes()).find((scope) => scope.id === answer.id)
    // A sync was faster.
    if (here?.epoch === answer.epoch && here.cursor >= answer.head) return
    kick()
  } catch {
    kick() // not understood, or the database is gone: the sync finds out
  }
}

const parsed = (data: string): object => {
  try {
    return Object(JSON.parse(data))
  } catch {
    return {}
  }
}

const isPresentDevice = (value: unknown): value is PresentDevice => {
  const { device, doc, label, role } = Object(value) as Record<keyof PresentDevice, unknown>
  return (
    typeof device === 'string' &&
    typeof doc === 'string' &&
    typeof label === 'string' &&
    (role === null || typeof role === 'string')
  )
}
