import { type PresentDevice, presenceExpiryMs } from '../../shared/protocol/event-frames.ts'
import type { Clock } from '../storage/clock.ts'
import type { PageEvents } from '../storage/page-events.ts'
import type { TabChannel } from '../storage/tab-channel.ts'
import { backOffMs, longestBackOffMs } from './back-off.ts'
import { connectOnce, type StreamingFetch, silenceMs } from './live-connection.ts'
import type { LiveDeps } from './live-deps.ts'
import { listeningOf, presenceOf, type ToldDay, takeWords, toldDayOf } from './live-events.ts'
import { createReporter, type Here } from './live-presence.ts'
import type { ServerEvent } from './live-stream.ts'
import { createLiveTabs } from './live-tabs.ts'
import { whileLeader } from './one-leader.ts'
import type { Locks } from './one-tab.ts'

export interface LiveParts {
  fetch: StreamingFetch
  clock: Clock
  /** From 0 up to 1. */
  random: () => number
  events: Pick<PageEvents, 'onLeave' | 'onReturn' | 'onOnline'>
  isVisible(): boolean
  locks: Locks
  openChannel: (name: string) => TabChannel | null
  /** The other devices that are in a scope's documents now. */
  present(scope: string, devices: readonly PresentDevice[]): void
  /** What goes on at the gathering of one's own cohort. */
  day(told: ToldDay): void
}
export interface Live {
  /** The group's document that is open here, and who writes; null = none. */
  enter(here: Here | null): void
  stop(): void
}

/** The sync at the start moves the cursors: to connect before it would have it done twice. */
export const firstConnectMs = 1000
/** Nobody looks: the radio of a tablet in a bag may rest. What comes meanwhile is asked for at the return. */
export const hiddenMs = 3 * 60_000
/** Less, and the connection counts as a failed one: something ends them as soon as they are there. */
const longEnoughMs = 30_000

/**
 * Follows the principal's scopes by one connection per browser: one tab leads, and tells the others by the database and by a
 * channel. The polling goes on beside it; whatever goes wrong here only makes words come later.
 */
export const createLive = (parts: LiveParts, deps: LiveDeps): Live => {
  const { clock, random, events, locks } = parts
  const name = `loft-live:${deps.principal}`
  let endLeading: (() => void) | null = null
  let endConnection: (() => void) | null = null
  let endWaiting: (() => void) | null = null
  let hiddenTimer: unknown = null
  let heardAt = 0
  let words = Promise.resolve()
  let forgetTimer: unknown = null
  let stopped = false

  // ── What is heard, here or in the tab that leads ──

  const tabs = createLiveTabs(parts.openChannel(name), {
    presence: ({ scope, present }) =>
      parts.present(
        scope,
        present.filter((one) => one.device !== deps.device),
      ),
    listening: ({ scope, listening }) => deps.setListening(scope, listening),
    day: parts.day,
    leads: () => endConnection !== null,
  })

  const heard = (event: ServerEvent): void => {
    heardAt = clock.now()
    if (event.event === 'words') words = words.then(() => takeWords(deps, event.data))
    const presence = presenceOf(event)
    if (presence) tabs.presence(presence)
    const listening = listeningOf(event)
    if (listening) tabs.listening(listening)
    const day = toldDayOf(event, clock.now())
    if (day) tabs.day(day)
  }

  // ── The connection, while this tab leads ──

  const lead = async (signal: AbortSignal): Promise<void> => {
    let failures = 0
    await pause(firstConnectMs, signal)
    while (!signal.aborted) {
      const begun = clock.now()
      const outcome = await connection(signal)
      if (signal.aborted) break
      failures = clock.now() - begun >= longEnoughMs ? 1 : failures + 1
      await pause(outcome === 'refused' ? longestBackOffMs : backOffMs(failures, random), signal)
    }
  }

  const connection = async (signal: AbortSignal): Promise<'lost' | 'refused'> => {
    const scopes = await deps.scopes().catch(() => null)
    if (scopes === null) return 'lost'
    const ended = new AbortController()
    const end = (): void => ended.abort()
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
    endConnection = end
    heardAt = clock.now()
    let wasOpen = false
    const outcome = await connectOnce({
      fetch: parts.fetch,
      clock,
      principal: deps.principal,
      device: deps.device,
      scopes,
      signal: ended.signal,
      opened: () => {
        wasOpen = true
        clock.clearTimeout(forgetTimer)
      },
      heard,
    })
    signal.removeEventListener('abort', end)
    endConnection = null
    if (wasOpen && !stopped) {
      tabs.nobodyListens()
      // A short break empties no list.
      forgetTimer = clock.setTimeout(tabs.nobodyIsThere, presenceExpiryMs)
    }
    return outcome
  }

  /** Until the time is over, or somebody has a reason to try at once. */
  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clock.clearTimeout(timer)
        signal.removeEventListener('abort', end)
        endWaiting = null
        resolve()
      }
      const timer = clock.setTimeout(end, ms)
      signal.addEventListener('abort', end)
      endWaiting = end
      if (signal.aborted) end()
    })

  // ── The page ──

  const begin = (): void => {
    clock.clearTimeout(hiddenTimer)
    endLeading ??= whileLeader(locks, name, lead)
  }
  const end = (): void => {
    endLeading?.()
    endLeading = null
  }

  const reporter = createReporter({ ...parts, principal: deps.principal, device: deps.device })
  const stopHearing = [
    events.onLeave(() => {
      if (parts.isVisible()) return
      clock.clearTimeout(hiddenTimer)
      hiddenTimer = clock.setTimeout(end, hiddenMs)
    }),
    events.onReturn(() => {
      begin()
      endWaiting?.()
      // A device that slept may not know yet that its connection is gone.
      if (clock.now() - heardAt > silenceMs / 2) endConnection?.()
      reporter.again()
    }),
    events.onOnline(() => {
      endWaiting?.()
      endConnection?.()
      reporter.again()
    }),
  ]
  if (parts.isVisible()) begin()

  return {
    enter: reporter.enter,
    stop: () => {
      stopped = true
      for (const stop of stopHearing) stop()
      clock.clearTimeout(hiddenTimer)
      reporter.stop()
      clock.clearTimeout(forgetTimer)
      end()
      tabs.close()
    },
  }
}
