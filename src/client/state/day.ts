import * as v from 'valibot'
import {
  type DayChange,
  type DayPlan,
  type DayState,
  type DayTaken,
  dayPlanSchema,
  dayStateSchema,
  daysAnswerSchema,
  dayTakenSchema,
  forgottenMs,
  type Running,
  runningSchema,
} from '../../shared/domain/day.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import { type Asked, createAsk } from './admin-api.ts'
import { keepAnswer, readKept } from './kept-answer.ts'

/** `ahead` = how far the clock by which these moments are meant is ahead of the device's, ms. */
export interface DaysSight {
  days: readonly DayState[]
  ahead: number
}
export interface DayDeps {
  fetch: typeof fetch
  principal: string
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  /** The device's clock, ms since 1970. */
  clock(): number
}

const patienceMs = 20_000

export const dayKey = (principal: string): string => `loft-day:${principal}`
const planKey = (principal: string): string => `loft-day-plan:${principal}`
const wishKey = (principal: string): string => `loft-day-wish:${principal}`
const localKey = (principal: string): string => `loft-local-day:${principal}`

/** What goes on at the gatherings of one's own cohort; null if the server could not be asked. */
export const readDays = async (deps: DayDeps): Promise<DaysSight | null> => {
  const { fetch, principal, clock } = deps
  try {
    const answer = await fetch(paths.day, {
      headers: { [principalHeader]: principal },
      signal: AbortSignal.timeout(patienceMs),
    })
    if (!answer.ok) return null
    const { now, days } = v.parse(daysAnswerSchema, await answer.json())
    const sight = { days, ahead: now - clock() }
    keepDays(deps, sight)
    return sight
  } catch {
    return null
  }
}

/** As it was told last: the time runs on without a network. */
export const storedDays = ({ storage, principal }: DayDeps): DaysSight | null =>
  readKept(daysSchema, storage?.getItem(dayKey(principal)))

export const keepDays = ({ storage, principal }: DayDeps, sight: DaysSight): void => {
  // A device that has never been at a gathering keeps nothing.
  if (sight.days.length === 0) storage?.removeItem(dayKey(principal))
  else keepAnswer(storage, dayKey(principal), sight)
}

/** Both together, of each stop what is newer. The clock is that of whoever spoke last. */
export const joined = (before: DaysSight | null, heard: DaysSight): DaysSight => {
  const byStop = new Map((before?.days ?? []).map((day) => [day.stop, day]))
  for (const day of heard.days) {
    const known = byStop.get(day.stop)
    if (!known || known.cohort !== day.cohort || known.revision <= day.revision)
      byStop.set(day.stop, day)
  }
  return { days: [...byStop.values()], ahead: heard.ahead }
}

// ── Whoever runs the day ──

export interface PlanSight {
  plan: DayPlan
  ahead: number
}
const planSchema = v.object({ plan: dayPlanSchema, ahead: v.number() })
const plansSchema = v.record(v.string(), planSchema)
/** A facilitator has so many gatherings at hand. */
const mostPlans = 4

export const readPlan = async (
  deps: DayDeps,
  cohort: string,
  stop: string,
): Promise<Asked<PlanSight>> => {
  const asked = await createAsk(deps)(paths.cohortDay(cohort, stop), { answer: dayPlanSchema })
  if (!asked.ok) return asked
  const sight = { plan: asked.value, ahead: asked.value.now - deps.clock() }
  keepPlan(deps, sight)
  return { ok: true, value: sight }
}

export const storedPlan = (deps: DayDeps, cohort: string, stop: string): PlanSight | null =>
  storedPlans(deps)[`${cohort}/${stop}`] ?? null

export const keepPlan = (deps: DayDeps, sight: PlanSight): void => {
  const { cohort, day } = sight.plan
  const key = `${cohort.id}/${day.stop}`
  const { [key]: _, ...others } = storedPlans(deps)
  const kept = Object.entries(others).slice(1 - mostPlans)
  keepAnswer(deps.storage, planKey(deps.principal), Object.fromEntries([...kept, [key, sight]]))
}

const storedPlans = ({ storage, principal }: DayDeps): v.InferOutput<typeof plansSchema> =>
  readKept(plansSchema, storage?.getItem(planKey(principal))) ?? {}

/** What was pressed and is not told yet. */
const wishSchema = v.object({
  running: runningSchema,
  /** The revision that was seen. */
  upon: v.number(),
  /** When, ms since 1970 by the device's clock. */
  at: v.number(),
  /** Which page tells it: of those that have been left, the one that took it up last. */
  teller: v.string(),
  /** Sent, and nobody knows whether they came: what the server shows may be this device's own. */
  unsure: v.array(runningSchema),
})
export type DayWish = v.InferOutput<typeof wishSchema>
const wishesSchema = v.record(v.string(), wishSchema)

/** Null if there is none, or nobody would live by it any more. */
export const storedWish = (deps: DayDeps, cohort: string, stop: string): DayWish | null =>
  storedWishes(deps)[`${cohort}/${stop}`] ?? null

/** Null = it is told, or not wished any more. */
export const keepWish = (
  deps: DayDeps,
  { cohort, stop }: { cohort: string; stop: string },
  wish: DayWish | null,
): void => {
  const { [`${cohort}/${stop}`]: _, ...others } = storedWishes(deps)
  const kept = wish ? { ...others, [`${cohort}/${stop}`]: wish } : others
  if (Object.keys(kept).length > 0) keepAnswer(deps.storage, wishKey(deps.principal), kept)
  else deps.storage?.removeItem(wishKey(deps.principal))
}

const storedWishes = ({
  storage,
  principal,
  clock,
}: DayDeps): v.InferOutput<typeof wishesSchema> => {
  const read = readKept(wishesSchema, storage?.getItem(wishKey(principal))) ?? {}
  return Object.fromEntries(Object.entries(read).filter(([, { at }]) => clock() - at < forgottenMs))
}

export const sendDay = (
  deps: DayDeps,
  { cohort, stop }: { cohort: string; stop: string },
  change: DayChange,
): Promise<Asked<DayTaken>> =>
  createAsk(deps)(paths.cohortDay(cohort, stop), {
    method: 'PUT',
    body: change,
    answer: dayTakenSchema,
  })

// ── A group that meets at home, by its own device alone ──

const localSchema = v.object({ stop: v.string(), running: runningSchema, changedAt: v.number() })

/** The time that this device keeps; null if nobody has touched it for long. */
export const storedLocalDay = ({
  storage,
  principal,
  clock,
}: DayDeps): { stop: string; running: Running } | null => {
  const read = readKept(localSchema, storage?.getItem(localKey(principal)))
  return read && clock() - read.changedAt < forgottenMs ? read : null
}

export const keepLocalDay = (
  { storage, principal, clock }: DayDeps,
  stop: string,
  running: Running,
): void => {
  if (running.activity === null) storage?.removeItem(localKey(principal))
  else keepAnswer(storage, localKey(principal), { stop, running, changedAt: clock() })
}

const daysSchema = v.object({ days: v.array(dayStateSchema), ahead: v.number() })
