import { type ReadonlySignal, signal } from '@preact/signals'
import { type DayState, forgottenMs, isSame, type Running } from '../../shared/domain/day.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import type { Clock } from '../storage/clock.ts'
import type { ToldDay } from '../sync/live-events.ts'
import {
  type DayDeps,
  type DayWish,
  keepPlan,
  keepWish,
  type PlanSight,
  readPlan,
  sendDay,
  storedPlan,
  storedWish,
} from './day.ts'

/**
 * told = everybody sees it · sending · untold = there is no network: it is tried again · overtaken = another facilitator was first,
 * and theirs is shown · refused = it is not taken, and theirs is shown.
 */
export type Telling = 'told' | 'sending' | 'untold' | 'overtaken' | 'refused'

export interface RunnerSight {
  /** Null until it comes from the device or the server. */
  plan: PlanSight | null
  /** As it is wished, else as it is told. */
  running: Running | null
  telling: Telling
  /** Why the server could not be asked; null = it could. */
  failure: ErrorCode | 'unreachable' | null
}
export interface DayRunner {
  readonly sight: ReadonlySignal<RunnerSight>
  /** At once on this screen, and at everybody's when the server has taken it. */
  wish(running: Running): void
  /** What an event tells. */
  hear(told: ToldDay): void
  /** Asks, or tries again, now. */
  again(): void
  close(): void
}

/** Another facilitator's doing comes by an event where this one's cohort is the same; else by asking. */
export const askEveryMs = 10_000
export const tryAgainMs = 3_000
/** For so long it is said that another one was first. */
export const noticeMs = 30_000
/** So many presses without an answer are known again as one's own. */
const mostUnsure = 8

/**
 * Runs the day of one gathering: what is wished here goes to the server, and what others do comes from there. A wish lies on the
 * device until the server has answered it: after `close` it is tried on, and after a reload it is taken up.
 */
export const createDayRunner = (
  deps: DayDeps & { timers: Pick<Clock, 'setTimeout' | 'clearTimeout'> },
  at: { cohort: string; stop: string },
): DayRunner => {
  const { timers, clock } = deps
  const { cohort, stop } = at
  const teller = crypto.randomUUID().slice(0, 8)
  const stored = storedPlan(deps, cohort, stop)
  let wished: DayWish | null = null
  /** Not stored: then no other page can take it up. */
  let isOwnAlone = false
  const sight = signal<RunnerSight>({
    plan: stored,
    running: stored?.plan.day ?? null,
    telling: 'told',
    failure: null,
  })
  let isSending = false
  let isClosed = false
  let noticedAt = 0
  /** How often something has come from the server: what was asked before the last of it is not the newest. */
  let heard = 0
  let timer: unknown = null

  const show = (change: Partial<RunnerSight>): void => {
    sight.value = { ...sight.peek(), ...change }
  }
  const isMine = (): boolean => storedWish(deps, cohort, stop)?.teller === teller
  const keep = (wish: DayWish | null): void => {
    wished = wish
    keepWish(deps, at, wish)
    isOwnAlone = wish !== null && !isMine()
  }
  /** Of what another page has taken up since, that one's stays stored. */
  const settle = (before: DayWish, after: DayWish | null): void => {
    const kept = storedWish(deps, cohort, stop)
    if (isOwnAlone || (kept?.teller === teller && kept.at === before.at)) keep(after)
    else wished = after
  }

  /** What is wished here stays in front of it. */
  const take = (day: DayState, ahead: number): void => {
    heard++
    const { plan } = sight.peek()
    if (!plan) return
    const kept = { plan: { ...plan.plan, day }, ahead }
    keepPlan(deps, kept)
    show({ plan: kept, running: wished?.running ?? day })
  }

  const ask = async (): Promise<void> => {
    const before = heard
    const asked = await readPlan(deps, cohort, stop)
    const { plan, telling } = sight.peek()
    // While something is under way its answer says more, and what came meanwhile may be newer.
    if (isClosed || (wished !== null && plan) || heard !== before) return
    if (!asked.ok) return show({ failure: asked.error })
    const isOld = telling !== 'untold' && clock() - noticedAt >= noticeMs
    const running = wished?.running ?? asked.value.plan.day
    show({ plan: asked.value, running, failure: null, ...(isOld && { telling: 'told' }) })
  }

  const send = async (): Promise<void> => {
    const wish = wished
    if (isSending || wish === null) return
    if (clock() - wish.at >= forgottenMs) {
      // Nobody lives by it any more.
      settle(wish, null)
      show({ running: sight.peek().plan?.plan.day ?? null, telling: 'told' })
      return ask()
    }
    isSending = true
    show({ telling: 'sending' })
    const { activity, endsAt, leftMs } = wish.running
    const sent = await sendDay(deps, at, { activity, endsAt, leftMs, revision: wish.upon })
    isSending = false
    const latest = wished ?? wish
    if (!sent.ok && isPassing(sent.error)) {
      settle(latest, { ...latest, unsure: withOne(latest.unsure, wish.running) })
      return show({ telling: 'untold', failure: sent.error })
    }
    // Pressed again meanwhile upon what was sent, or upon what was sent without an answer: that goes next. Upon what another
    // has changed it would undo theirs.
    const isOwn =
      sent.ok && (sent.value.taken || latest.unsure.some((one) => isSame(one, sent.value.day)))
    const goesNext = isOwn && sent.ok && (latest !== wish || !sent.value.taken)
    settle(latest, goesNext ? { ...latest, upon: sent.value.day.revision, unsure: [] } : null)
    if (sent.ok) take(sent.value.day, sent.value.now - clock())
    const running = wished?.running ?? sight.peek().plan?.plan.day ?? null
    if (!isOwn) noticedAt = clock()
    if (!sent.ok) return show({ running, telling: 'refused', failure: sent.error })
    show({ running, telling: isOwn ? 'told' : 'overtaken', failure: null })
    if (goesNext) await send()
  }

  const again = (): void => {
    timers.clearTimeout(timer)
    // Left, and taken up by another page or gone with whoever signed out: it is not this one's to tell any more.
    if (isClosed && (wished === null || !(isOwnAlone || isMine()))) return
    const isPlanless = sight.peek().plan === null && !isClosed
    void (isPlanless ? ask().then(send) : wished === null ? ask() : send()).finally(() => {
      timers.clearTimeout(timer)
      timer = timers.setTimeout(again, wished === null ? askEveryMs : tryAgainMs)
    })
  }

  const earlier = storedWish(deps, cohort, stop)
  if (earlier) {
    keep({ ...earlier, teller, unsure: withOne(earlier.unsure, earlier.running) })
    show({ running: earlier.running, telling: 'untold' })
  }
  again()

  return {
    sight,
    wish: ({ activity, endsAt, leftMs }) => {
      const running = { activity, endsAt, leftMs } // a whole DayState may be given
      const upon = wished?.upon ?? sight.peek().plan?.plan.day.revision ?? 0
      // What is on its way now may come there, and its answer may not.
      const before = wished?.unsure ?? []
      const unsure = wished && isSending ? withOne(before, wished.running) : before
      keep({ running, upon, at: clock(), teller, unsure })
      show({ running })
      again()
    },
    hear: ({ day, ahead }) => {
      const known = sight.peek().plan?.plan.day.revision ?? 0
      const isOfThis = day.cohort === cohort && day.stop === stop && day.revision >= known
      if (isOfThis && wished === null) take(day, ahead)
    },
    again,
    close: () => {
      isClosed = true
      if (wished === null) timers.clearTimeout(timer)
    },
  }
}

const withOne = (all: readonly Running[], one: Running): Running[] =>
  [...all.filter((other) => !isSame(other, one)), one].slice(-mostUnsure)

/** Gone by itself, sooner or later: what is wished waits for it. */
const isPassing = (error: ErrorCode | 'unreachable'): boolean =>
  error === 'unreachable' || error === 'busy' || error === 'server-error' || error === 'too-many'
