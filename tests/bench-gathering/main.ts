// A hall votes and writes at once: a cohort of fifty in eight groups against one server with SQLite, over real sockets, while a
// facilitator looks at the vote once a second. The same writing without the vote and without the looking is what it is compared
// with, in the same run. The last line is JSON.
import type { Push } from '../../src/shared/protocol/frames.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { createDocument, wholeState, writeText } from '../../src/shared/words/document.ts'
import { documentId } from '../../src/shared/words/scope.ts'
import { ballot, hallCohort, pushAs, seatHall, type Voter } from '../e2e/harness/hall.ts'
import { startServer, type TestServer } from '../e2e/harness/server.ts'

const people = 50
const groups = 8
/** Sentences that each of them writes in a round, one a second as people at a table do. */
const sentences = 10
const betweenMs = 1000
const vote = 'kompetanseloft-vestland.strategi.kvar-er-vi'
const sheet = 'kompetanseloft-vestland.strategi.utgangspunktet'
const limitMs = 3000

/** The first round wakes the server up, and is not counted. */
type Kind = 'first' | 'bare' | 'voting'
const rounds: readonly Kind[] = ['first', 'bare', 'voting']

let errors = 0
/** Each sync's time, ms, of the rounds that count. */
const sendMs: Record<Kind, number[]> = { first: [], bare: [], voting: [] }

const send = async (
  server: TestServer,
  voter: Voter,
  kind: Kind,
  pushes: { scope: string; pushes: Push[] }[],
): Promise<void> => {
  const began = performance.now()
  if (!(await pushAs(server, voter, pushes))) errors++
  sendMs[kind].push(performance.now() - began)
}

const sentence = (voter: Voter, number: number): Push => {
  const doc = createDocument()
  writeText(
    doc,
    `f/grunngiving/${voter.id}-${number}`,
    `Setning ${number} frå ${voter.id}. `.repeat(3),
  )
  return { doc: documentId(voter.group, sheet), writtenAt: Date.now(), update: wholeState(doc) }
}

const answersOf = (index: number) => ({
  no: 1 + (index % 3),
  'om-to-ar': 3 + (index % 3),
  ord: ['tillit, tid', 'tid, mot', 'tillit, mot, lovverk'][index % 3] ?? '',
})

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Everybody writes at once, each at their own pace; the vote goes off with the last words but one. */
const writeAll = (server: TestServer, voters: readonly Voter[], kind: Kind) =>
  Promise.all(
    voters.map(async (voter, index) => {
      await pause(Math.random() * betweenMs)
      for (let number = 0; number < sentences; number++) {
        const isVoting = kind === 'voting' && number === sentences - 2
        await send(server, voter, kind, [
          {
            scope: voter.group,
            pushes: [sentence(voter, rounds.indexOf(kind) * sentences + number)],
          },
          ...(isVoting
            ? [{ scope: voter.own, pushes: [ballot(voter, vote, answersOf(index))] }]
            : []),
        ])
        if (isVoting) lastVoteAt = performance.now()
        await pause(betweenMs)
      }
    }),
  )
/** When the last vote was acknowledged. */
let lastVoteAt = 0

interface Sight {
  turnout: { answers: number; missing: number } | null
  fields: { told: { persons: number } | null }[]
}
const look = async (server: TestServer, cookie: string): Promise<Sight> => {
  const answer = await fetch(`${server.origin}${paths.votes(hallCohort, vote)}`, {
    headers: { cookie },
  })
  if (!answer.ok) errors++
  return (await answer.json()) as Sight
}

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
const rounded = (value: number): number => Math.round(value * 100) / 100

const server = await startServer()
try {
  const { voters, facilitator } = seatHall(server, { people, groups })
  await writeAll(server, voters, 'first')
  await writeAll(server, voters, 'bare')

  let isOver = false
  let completeAt: number | null = null
  const watching = (async () => {
    while (!isOver) {
      const { turnout } = await look(server, facilitator)
      if (turnout?.missing === 0) completeAt ??= performance.now()
      await pause(1000)
    }
  })()
  await writeAll(server, voters, 'voting')
  await pause(limitMs)
  isOver = true
  await watching

  const closing = performance.now()
  const closed = await fetch(`${server.origin}${paths.votes(hallCohort, vote)}`, {
    method: 'PUT',
    headers: { cookie: facilitator, 'content-type': 'application/json' },
    body: JSON.stringify({ closed: true }),
  })
  if (closed.status !== 204) errors++
  const { fields } = await look(server, facilitator)
  const toldMs = performance.now() - closing
  const persons = fields.map(({ told }) => told?.persons ?? 0)

  const pictureMs = completeAt === null ? null : Math.max(0, completeAt - lastVoteAt)
  const figures = {
    people,
    groups,
    syncs: rounds.reduce((sum, kind) => sum + sendMs[kind].length, 0),
    errors,
    pictureMs: pictureMs === null ? null : Math.round(pictureMs),
    closedMs: Math.round(toldMs),
    persons: Math.min(...persons),
    syncP50: rounded(percentile(sendMs.voting, 0.5)),
    syncP95: rounded(percentile(sendMs.voting, 0.95)),
    p50Ratio: rounded(percentile(sendMs.voting, 0.5) / percentile(sendMs.bare, 0.5)),
    p95Ratio: rounded(percentile(sendMs.voting, 0.95) / percentile(sendMs.bare, 0.95)),
  }
  const isKept =
    errors === 0 && pictureMs !== null && pictureMs <= limitMs && figures.persons === people
  console.table({
    'syncs, and how many failed': { figure: figures.syncs, of: errors },
    'picture complete after the last answer, ms': { figure: figures.pictureMs, of: limitMs },
    'told of all after the close, ms': { figure: figures.closedMs, of: limitMs },
    'median sync, and beside writing alone': { figure: figures.syncP50, of: figures.p50Ratio },
    '95th sync, and beside writing alone': { figure: figures.syncP95, of: figures.p95Ratio },
  })
  console.info(
    isKept ? 'The limits are kept.' : `Not kept: no error, the picture within ${limitMs} ms.`,
  )
  console.info(JSON.stringify(figures))
  process.exitCode = isKept ? 0 : 1
} finally {
  await server.remove()
}
