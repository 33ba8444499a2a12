import './quick-random.ts'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { report, runSeed, runSeeds, seedsFrom, sumOf, type Tally } from './run-seeds.ts'
import { createSqliteTown, type Town } from './sqlite-town.ts'
import { isTrouble, type Trouble } from './weather.ts'

// npm run world -- --seeds 50000 --from 1 --workers 2     many seeds; `--stop` ends at the first red one
// npm run world -- --minutes 3                             as many as fit; `--store postgresql` has the server's words there
// npm run world -- --theme membership,signOut             worlds that have these troubles in any case, weather.ts
// npm run world -- --seed 4711                             one seed, with its whole trace

interface Share {
  /** The address of a PostgreSQL database; null = SQLite in memory. */
  database: string | null
  from: number
  seeds: number
  step: number
  stop: boolean
  theme: readonly Trouble[]
  /** Ends after so long, whatever is left. */
  minutes: number
}
type Message = { red: string } | { done: number } | { tally: Tally }

const runShare = async (share: Share, tell: (message: Message) => void): Promise<void> => {
  const town = await openTown(share.database)
  const end = performance.now() + share.minutes * 60_000
  let done = 0
  const tally = await runSeeds({
    town,
    seeds: seedsFrom(share.from, share.seeds, share.step),
    theme: share.theme,
    each: (result) => {
      if (result.failure !== null) tell({ red: report(result) })
      if (++done % 100 === 0) tell({ done: 100 })
      return performance.now() < end && !(share.stop && result.failure !== null)
    },
  })
  await town.close()
  tell({ tally })
}

const openTown = async (database: string | null): Promise<Town> => {
  if (database === null) return createSqliteTown()
  const { Pool, types } = await import('pg')
  const { numbersFrom, postgresStore } = await import('../../src/server/store/postgres.ts')
  const { createPostgresTown } = await import('./postgres-town.ts')
  const pool = new Pool({ connectionString: database, types: numbersFrom(types) })
  return createPostgresTown(postgresStore(pool))
}

/** A PostgreSQL of our own while `work` runs. */
const withDatabase = async (work: (database: string | null) => Promise<void>): Promise<void> => {
  if (values.store !== 'postgresql') return work(null)
  const { startCluster } = await import('../server/store/postgres-cluster.ts')
  const cluster = await startCluster()
  try {
    await work(cluster.urlOf('postgres'))
  } finally {
    await cluster.stop()
  }
}

const themeOf = (names: string): Trouble[] => {
  const theme = names.split(',').filter((name) => name !== '')
  for (const name of theme) if (!isTrouble(name)) throw new Error(`no trouble is called ${name}`)
  return theme.filter(isTrouble)
}

const runOne = async (seed: number, database: string | null): Promise<void> => {
  const town = await openTown(database)
  const result = await runSeed(town, seed, { theme: themeOf(values.theme), listen: console.info })
  await town.close()
  console.info(`seed ${seed} is ${result.failure === null ? 'green' : `red: ${result.failure}`}`)
  console.info(`trace ${result.hash}`, result.figures)
  process.exitCode = result.failure === null ? 0 : 1
}

const runMany = async (database: string | null): Promise<void> => {
  const [from, workers] = [Number(values.from), Number(values.workers)]
  const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY)
  const seeds = Number(values.seeds ?? (values.minutes === undefined ? 200 : 1e9))
  const began = performance.now()
  let done = 0
  const listen =
    (finish: (tally: Tally) => void) =>
    (message: Message): void => {
      if ('red' in message) console.error(`${message.red}\n`)
      else if ('tally' in message) finish(message.tally)
      else {
        done += message.done
        if (done % 1000 === 0) console.info(`${done} seeds …`)
      }
    }
  const tallies = await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const count = Math.max(0, seeds - index)
      const share: Share = {
        database,
        from: from + index,
        seeds: count,
        step: workers,
        stop: values.stop,
        theme: themeOf(values.theme),
        minutes,
      }
      if (workers === 1)
        return new Promise<Tally>((finish, fail) => {
          runShare(share, listen(finish)).catch(fail)
        })
      return new Promise<Tally>((finish, fail) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: share })
        worker.on('message', listen(finish))
        worker.on('error', fail)
      })
    }),
  )
  const sum = sumOf(tallies)
  const seconds = (performance.now() - began) / 1000
  console.info(
    `${sum.seeds} seeds in ${seconds.toFixed(0)} s, ${((seconds * 1000) / sum.seeds).toFixed(1)} ms each: ` +
      `${sum.requests} requests, ${sum.markers} markers, ${sum.excused} of them excused; ` +
      `${sum.failed.length} red${sum.failed.length > 0 ? `: ${sum.failed.join(', ')}` : ''}`,
  )
  process.exitCode = sum.failed.length === 0 ? 0 : 1
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    seed: { type: 'string' },
    stop: { type: 'boolean', default: false },
    theme: { type: 'string', default: '' },
  },
})
if (!isMainThread)
  await runShare(workerData as Share, (message) => parentPort?.postMessage(message))
else
  await withDatabase((database) =>
    values.seed !== undefined ? runOne(Number(values.seed), database) : runMany(database),
  )
