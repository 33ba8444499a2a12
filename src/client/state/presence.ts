import { type ReadonlySignal, signal } from '@preact/signals'
import type { PresentDevice } from '../../shared/protocol/event-frames.ts'
import type { Live, LiveParts } from '../sync/live.ts'
import type { LiveDeps, StartLive } from '../sync/live-deps.ts'
import type { ToldDay } from '../sync/live-events.ts'
import type { Here } from '../sync/live-presence.ts'
import type { Locks } from '../sync/one-tab.ts'

/** Who else is in a group's sheets now. Without a connection: nobody. */
export interface GroupPresence {
  /** Other devices, by scope. */
  readonly present: ReadonlySignal<Readonly<Record<string, readonly PresentDevice[]>>>
  /** What the server has told of gatherings of one's own cohort, by stop. */
  readonly days: ReadonlySignal<Readonly<Record<string, ToldDay>>>
  /** Tells the others that this document is open here, and who writes, until the returned function is called. */
  enter(document: string, writer: { label: string; role: string | null }): () => void
}

/** Without Web Locks nobody knows which tab should connect: then none does, and polling is all. */
type Parts = Omit<LiveParts, 'locks' | 'present' | 'day'> & { locks: Locks | null }

/** Home and its sync come first on a slow line. A group's sheet does not wait so long. */
export const settleMs = 2000

/** The live connection of whoever is signed in, and what the page shows of it. Its code is loaded when it is begun. */
export const createPresence = (
  parts: Parts,
): { presence: GroupPresence; startLive: StartLive | null } => {
  const { locks, clock } = parts
  const present = signal<Record<string, readonly PresentDevice[]>>({})
  const days = signal<Record<string, ToldDay>>({})
  let here: Here | null = null
  let live: Live | null = null
  let beginNow = (): void => undefined

  const enter: GroupPresence['enter'] = (document, { label, role }) => {
    const mine = { document, label, role }
    here = mine
    live?.enter(mine)
    beginNow()
    return () => {
      if (here === mine) here = null
      // Another writer may sit down in the same moment: nobody has left then.
      queueMicrotask(() => {
        if (here === null) live?.enter(null)
      })
    }
  }

  const start = (deps: LiveDeps, locks: Locks): ReturnType<StartLive> => {
    let begun = false
    let own: Live | null = null
    const show: LiveParts['present'] = (scope, devices) => {
      if (live === own) present.value = { ...present.value, [scope]: devices }
    }
    const day: LiveParts['day'] = (told) => {
      if (live === own) days.value = { ...days.value, [told.day.stop]: told }
    }
    const begin = (): void => {
      if (begun) return
      begun = true
      clock.clearTimeout(timer)
      void load().catch(() => undefined) // its file cannot be had now: polling is all
    }
    const load = async (): Promise<void> => {
      const { createLive } = await import('../sync/live.ts')
      if (beginNow !== begin) return // stopped
      own = createLive({ ...parts, locks, present: show, day }, deps)
      live = own
      if (here) own.enter(here)
    }
    const timer = clock.setTimeout(begin, settleMs)
    beginNow = begin
    if (here) begin()
    return {
      stop: () => {
        begun = true
        clock.clearTimeout(timer)
        own?.stop()
        if (beginNow !== begin) return // somebody else's has begun
        beginNow = () => undefined
        live = null
        present.value = {}
        days.value = {}
      },
    }
  }

  return {
    presence: { present, days, enter },
    startLive: locks && ((deps) => start(deps, locks)),
  }
}
