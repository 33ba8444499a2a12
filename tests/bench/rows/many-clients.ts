import { type Bench, inTurn } from '../bench.ts'
import { accepted, limitRequest, type Prepared, post, syncRequest } from '../clients.ts'
import { type Figure, median } from '../figures.ts'
import { writeNotes } from '../notes.ts'
import type { Program } from '../programs.ts'

const notesEach = 20

interface Crowd {
  ms: number
  errors: number
  cpuMs: number
  rssMb: number
}

/**
 * So many devices at once, each with 20 notes of its person's and a connection of its own, until the last has its receipts. The
 * limit: as many gzip POSTs to the bare server, a durable transaction each.
 */
export const manyClients = async (bench: Bench, clients: number): Promise<Figure[]> => {
  const ours: Crowd[] = []
  const limits: Crowd[] = []
  const notesOf = (client: number) => writeNotes(notesEach, 1000 + client)
  await inTurn(
    bench.runs,
    async () => {
      const people = bench.newPeople(clients)
      const requests = await Promise.all(
        people.map((person, client) => syncRequest(person, notesOf(client))),
      )
      ours.push(
        await crowd(bench.loft, requests, ({ status, body }) =>
          status === 200 && accepted(body) === notesEach ? 0 : 1,
        ),
      )
    },
    async () => {
      const requests = await Promise.all(
        Array.from({ length: clients }, (_, client) => limitRequest(notesOf(client))),
      )
      limits.push(await crowd(bench.limit, requests, ({ status }) => (status === 204 ? 0 : 1)))
    },
  )
  const of = (read: (one: Crowd) => number) => ({
    value: median(ours.map(read)),
    limit: median(limits.map(read)),
  })
  const name = `clients${clients}`
  return [
    {
      key: `${name}Ms`,
      label: `${clients} clients × ${notesEach} notes`,
      unit: 'ms',
      ...of(({ ms }) => ms),
      demand: clients <= 50 ? { atMost: 1.5, of: 'limit' } : null,
    },
    {
      key: `${name}Errors`,
      label: '  errors in all runs',
      unit: '',
      value: ours.reduce((sum, { errors }) => sum + errors, 0),
      limit: null,
      demand: { exactly: 0 },
    },
    {
      key: `${name}CpuMs`,
      label: '  CPU of the server',
      unit: 'ms',
      ...of(({ cpuMs }) => cpuMs),
      demand: null,
    },
    {
      key: `${name}RssMb`,
      label: '  memory of the server afterwards',
      unit: 'MB',
      ...of(({ rssMb }) => rssMb),
      demand: null,
    },
  ]
}

const crowd = async (
  server: Program,
  requests: readonly Prepared[],
  errorsOf: (answer: Awaited<ReturnType<typeof post>>) => number,
): Promise<Crowd> => {
  const before = server.usage()
  const from = performance.now()
  const errors = await Promise.all(
    requests.map((request) =>
      post(server.port, request)
        .then(errorsOf)
        .catch(() => 1),
    ),
  )
  const ms = performance.now() - from
  const after = server.usage()
  return {
    ms,
    errors: errors.reduce((sum, one) => sum + one, 0),
    cpuMs: after.cpuMs - before.cpuMs,
    rssMb: after.rssMb,
  }
}
