import { erasureDay } from '../../shared/domain/retention.ts'
import { isTablet } from '../../shared/domain/tablet-id.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { leaveTables } from '../tablets/leave-tables.ts'
import { type ErasureDeps, eraseIn } from '../words/erase.ts'
import { recordAct } from './acts.ts'
import { administratorsOf, isLastAdministrator } from './administrators.ts'
import { emptyLeftGroups, forgetPlans, forgetRetold, peopleOf, runsThatEnd } from './runs.ts'

// A run ends on a day, and some months later its people are erased, with all they have written. Who stays for the time being:
// whoever serves another run that lives (an administrator or editor of its network, a facilitator of one of its cohorts), and a
// network's last administrator. They go when the last of their runs has come to its day.

export interface RunDates {
  /** `yyyy-mm-dd` */
  ends_on: string | null
  keep_months: number | null
}

/** The day on which the run's people are erased, `yyyy-mm-dd`; null = they stay. */
export const erasedOn = ({ ends_on, keep_months }: RunDates): string | null =>
  erasureDay(ends_on, keep_months)

/** The day in Norway, `yyyy-mm-dd`. */
export const dayOf = (time: number): string => dayFormat.format(time)
const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' })

export interface Retention {
  /** On which they are erased, `yyyy-mm-dd`. */
  day: string
  people: number
  /** How soon it is: the administrator's overview tells of it a month and a week before. */
  soon: 'week' | 'month' | null
}

/** When the people of a run are erased, and how many would be as things are; null = they stay. */
export const retentionOf = async (
  db: Database,
  run: string,
  now: number,
): Promise<Retention | null> => {
  const row = await db
    .selectFrom('programme_run')
    .select(['network', 'ends_on', 'keep_months'])
    .where('id', '=', run)
    .executeTakeFirst()
  const day = row ? erasedOn(row) : null
  if (!row || day === null) return null
  const people = await peopleOf(db, run, await livingRuns(db, day))
  const days = (Date.parse(day) - Date.parse(dayOf(now))) / (24 * 60 * 60 * 1000)
  const administrators = await administratorsOf(db, row.network)
  const isOneLeft = administrators.every((id) => people.includes(id)) // the last stays
  const persons = people.filter((id) => !isTablet(id))
  const count = persons.length - (isOneLeft && administrators.length > 0 ? 1 : 0)
  return { day, people: count, soon: days <= 7 ? 'week' : days <= 31 ? 'month' : null }
}

export interface RetentionJob {
  /** Returns how many people were erased. */
  round(): Promise<number>
  /** Once now, and then again and again. */
  start(everyMs: number): void
  /** Resolves when the person under way is erased. */
  stop(): Promise<void>
}

export interface RetentionParts extends ErasureDeps {
  scrubber: { wanted(): void }
  /** Told of a round that failed; the next one tries again. */
  onError?: (error: unknown) => void
}

/** Erases the people of runs whose day has come: a person at a time, never in a request. */
export const createRetention = (deps: RetentionParts): RetentionJob => {
  const { store, now, scrubber, onError = () => undefined } = deps
  let stopped = false

  /** `forgotten` = rows of what people wrote that were emptied or deleted besides. */
  const eraseRun = async (run: {
    id: string
    network: string
  }): Promise<{ erased: number; forgotten: number }> => {
    let erased = 0
    const living = await livingRuns(store.db, dayOf(now()))
    for (const person of await peopleOf(store.db, run.id, living)) {
      if (stopped) break
      if (await store.write((db) => eraseUnlessNeeded(db, deps, person))) erased++
      // Requests get a turn between two people.
      await new Promise((done) => setImmediate(done))
    }
    if (stopped) return { erased, forgotten: 0 }
    const forgotten = await store.write(async (db) => {
      const { groups, cards } = await emptyLeftGroups(db, deps, run.id)
      const plans = await forgetPlans(db, run.id, now())
      const rows = groups + cards + plans + (await forgetRetold(db, run.id, now()))
      // What those who stay count again meanwhile is nothing to tell every day.
      if (erased + groups + plans === 0) return rows
      const detail = { people: erased, groups }
      await recordAct(
        db,
        { network: run.network, by: null, act: 'run.erased', subject: run.id, detail },
        now(),
      )
      return rows
    })
    return { erased, forgotten }
  }

  const round = async (): Promise<number> => {
    let [erased, forgotten] = [0, 0]
    await leaveTables(deps)
    const today = dayOf(now())
    for (const run of await runsThatEnd(store.db)) {
      const day = erasedOn(run)
      if (day === null || day > today || stopped) continue
      const done = await eraseRun(run)
      erased += done.erased
      forgotten += done.forgotten
    }
    if (erased + forgotten > 0) scrubber.wanted()
    return erased
  }

  let timer: NodeJS.Timeout | null = null
  let underWay: Promise<unknown> = Promise.resolve()
  const begin = (everyMs: number): void => {
    underWay = round()
      .catch(onError)
      .finally(() => {
        if (stopped) return
        timer = setTimeout(() => begin(everyMs), everyMs)
        timer.unref()
      })
  }
  return {
    round,
    start: begin,
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await underWay
    },
  }
}

type Db = Parameters<Parameters<Store['write']>[0]>[0]

const eraseUnlessNeeded = async (db: Db, deps: ErasureDeps, person: string): Promise<boolean> => {
  if (await isLastAdministrator(db, person)) return false
  const there = await db
    .selectFrom('person')
    .select('id')
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!there) return false // another node was first
  const at = deps.now()
  deps.ledger.erased(person, at)
  await eraseIn(db, deps, person, at)
  return true
}

/** Ids of the runs whose day has not come on this one. */
const livingRuns = async (db: Database, day: string): Promise<string[]> => {
  const runs = await db
    .selectFrom('programme_run')
    .select(['id', 'ends_on', 'keep_months'])
    .execute()
  return runs.filter((run) => (erasedOn(run) ?? '9') > day).map(({ id }) => id)
}
