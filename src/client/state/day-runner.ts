import { type ReadonlySignal, signal } from '@preact/signals'
import type { DayState, Running } from '../../shared/domain/day.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import type { Clock } from '../storage/clock.ts'
import type { ToldDay } from '../sync/live-events.ts'
import { type DayDeps, keepPlan, type PlanSight, readPlan, sendDay, storedPlan } from './day.ts'

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

/** Runs the day of one gathering: what is wished here goes to the server, and what others do comes from there. */
export const createDayRunner = (
  deps: DayDeps & { timers: Pick<Clock, 'setTimeout' | 'clearTimeout'> },
  { cohort, stop }: { cohort: string; stop: string },
): DayRunner => {
  const { timers } = deps
  const stored = storedPlan(deps, cohort, stop)
  const sight = signal<RunnerSight>({
    plan: stored,
    running: stored?.plan.day ?? null,
    telling: 'told',
    failure: null,
  })
  let wished: Running | null = null
  let isSending = false
  let isClosed = false
  let timer: unknown = null

  const show = (change: Partial<RunnerSight>): void => {
    if (!isClosed) sight.value = { ...sight.peek(), ...change }
  }

  /** The newest of the server's; what is wished here stays in front of it. */
  const take = (day: DayState, ahead: number): void => {
    const { plan } = sight.peek()
    if (!plan || day.revision < plan.plan.day.revision) return
    const kept = { plan: { ...plan.plan, day }, ahead }
    keepPlan(deps, kept)
    show({ plan: kept, running: wished ?? day })
  }

  const ask = async (): Promise<void> => {
    const asked = await readPlan(deps, cohort, stop)
    // While something is under way its answer says more.
    if (isClosed || wished !== null) return
    if (!asked.ok) return show({ failure: asked.error })
    const known = sight.peek().plan?.plan.day.revision ?? 0
    if (asked.value.plan.day.revision < known) return
    show({ plan: asked.value, running: asked.value.plan.day, failure: null })
  }

  const send = async (): Promise<void> => {
    const { plan } = sight.peek()
    const wish = wished
    if (isSending || isClosed || wish === null || !plan) return
    isSending = true
    show({ telling: 'sending' })
    const { activity, endsAt, leftMs } = wish
    const change = { activity, endsAt, leftMs, revision: plan.plan.day.revision }
    const sent = await sendDay(deps, { cohort, stop }, change)
    isSending = false
    if (!sent.ok && isPassing(sent.error)) return show({ telling: 'untold', failure: sent.error })
    // Pressed again meanwhile, upon what was sent: that goes next. Upon what another has changed it would undo theirs.
    const isNewer = wished !== wish && sent.ok && sent.value.taken
    if (!isNewer) wished = null
    if (sent.ok) take(sent.value.day, sent.value.now - deps.clock())
    const running = wished ?? sight.peek().plan?.plan.day ?? null
    if (!sent.ok) return show({ running, telling: 'refused', failure: sent.error })
    show({ running, telling: sent.value.taken ? 'told' : 'overtaken', failure: null })
    if (isNewer) await send()
  }

  const again = (): void => {
    timers.clearTimeout(timer)
    void (wished === null ? ask() : send()).finally(() => {
      if (isClosed) return
      timers.clearTimeout(timer)
      timer = timers.setTimeout(again, wished === null ? askEveryMs : tryAgainMs)
    })
  }
  again()

  return {
    sight,
    wish: (running) => {
      wished = running
      show({ running })
      again()
    },
    hear: ({ day, ahead }) => {
      if (day.cohort === cohort && day.stop === stop && wished === null) take(day, ahead)
    },
    again,
    close: () => {
      isClosed = true
      timers.clearTimeout(timer)
    },
  }
}

/** Gone by itself, sooner or later: what is wished waits for it. */
const isPassing = (error: ErrorCode | 'unreachable'): boolean =>
  error === 'unreachable' || error === 'busy' || error === 'server-error' || error === 'too-many'
