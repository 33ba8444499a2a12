import type { Fetch } from '../../src/client/sync/transport.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import type { Chance } from './random.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Answer } from './world-server.ts'

/** What can happen to one request, there and back. */
export type Mishap =
  | 'none'
  | 'lost' // never arrives
  | 'twice'
  | 'late' // arrives when the device has given up
  | 'torn' // arrives cut
  | 'unanswered' // arrives and is done; the answer never comes
  | 'slow-answer'
  | 'torn-answer'
  | 'portal'
  | '401'
  | '403'
  | '413'
  | '426'
  | '429'
  | '500'
  | '502'
  | '503'

export const mishaps: readonly (readonly [Mishap, number])[] = [
  ['lost', 4],
  ['twice', 4],
  ['late', 2],
  ['torn', 1],
  ['unanswered', 8],
  ['slow-answer', 4],
  ['torn-answer', 3],
  ['portal', 3],
  ['401', 2],
  ['403', 2],
  ['413', 2],
  ['426', 1],
  ['429', 2],
  ['500', 2],
  ['502', 2],
  ['503', 2],
]

export interface Line {
  /** How the device reaches the server; `serve` hands over a request that has arrived. */
  fetch: Fetch
}

interface LineParts {
  name: string
  time: VirtualTime
  chance: Chance
  isAlive: () => boolean
  isOnline: () => boolean
  /** What befalls the next request. */
  mishap: () => Mishap
  /** Called when a request leaves the device; what it returns, when that has arrived. */
  serve: () => (path: string, body: Uint8Array) => Promise<Answer>
  trace(line: string): void
}

/** One page's way to the server. Nothing of it takes real time. */
export const createFetch = (parts: LineParts): Fetch => {
  const { time, chance, trace, name } = parts
  const delay = (): number =>
    chance.percent(85) ? chance.between(5, 250) : chance.between(250, 9000)

  return (url, init) =>
    new Promise((resolve, reject) => {
      const body = (init.body as Uint8Array).slice()
      const path = url
      const serve = parts.serve()
      const what = path === paths.sync ? 'sync' : 'check'
      const mishap = parts.isOnline() ? parts.mishap() : 'lost'
      trace(`${name} ${what} ${body.length} bytes, ${parts.isOnline() ? mishap : 'offline'}`)

      let over = false
      const settle = (finish: () => void): void => {
        // A page that is gone hears nothing.
        if (over || !parts.isAlive()) return
        over = true
        finish()
      }
      const fail = (): void => settle(() => reject(new TypeError('Failed to fetch')))
      const answer = (answered: Answer): void => {
        if (parts.isOnline()) settle(() => resolve(responseOf(answered)))
        else fail()
      }
      init.signal?.addEventListener('abort', () =>
        settle(() => reject(new DOMException('aborted', 'AbortError'))),
      )

      const refuse = (status: number, more: Partial<Answer> = {}): void =>
        void time.after(delay(), () => answer({ ...jsonAnswer(status), ...more }))

      /** Arrives at the server, and what it says comes back. */
      const arrive = (sent: Uint8Array, back: (answered: Answer | null) => void): void => {
        serve(path, sent).then(back, (error) => {
          trace(`${name} ${what}: ${(error as Error).message}`)
          back(null)
        })
      }
      const home = (after: number) => (answered: Answer | null) => {
        if (answered === null) return void time.after(after, fail)
        time.after(after, () => answer(answered))
      }

      switch (mishap) {
        case 'lost':
          return void time.after(parts.isOnline() ? delay() : 1, fail)
        case 'portal':
          return void time.after(delay(), () =>
            answer({
              status: chance.pick([200, 200, 511, 403]),
              type: 'text/html',
              body: Buffer.from('<!doctype html><title>Logg på nettet</title>'),
            }),
          )
        case '401':
        case '403':
        case '413':
        case '426':
        case '500':
        case '502':
          return refuse(Number(mishap))
        case '429':
        case '503':
          return refuse(Number(mishap), { retryAfter: `${chance.between(1, 40)}` })
      }
      time.after(mishap === 'late' ? chance.between(61_000, 90_000) : delay(), () => {
        if (!parts.isOnline() && mishap !== 'late') return fail()
        const sent = mishap === 'torn' ? body.slice(0, chance.below(body.length)) : body
        if (mishap === 'twice')
          time.after(chance.between(0, 5000), () => arrive(body, () => undefined))
        arrive(sent, (answered) => {
          if (answered === null) return home(delay())(null)
          if (mishap === 'unanswered') return void time.after(chance.between(100, 50_000), fail)
          if (mishap === 'slow-answer') return home(chance.between(3000, 55_000))(answered)
          if (mishap === 'torn-answer') {
            const torn = answered.body.slice(0, chance.below(answered.body.length))
            return home(delay())({ ...answered, body: torn })
          }
          home(delay())(answered)
        })
      })
    })
}

const responseOf = ({
  status,
  type,
  retryAfter,
  body,
  read,
}: Answer): Awaited<ReturnType<Fetch>> => ({
  ok: status >= 200 && status < 300,
  status,
  headers: {
    get: (name) =>
      name.toLowerCase() === 'content-type'
        ? type
        : name.toLowerCase() === 'retry-after'
          ? (retryAfter ?? null)
          : null,
  },
  arrayBuffer: async () => {
    read?.()
    return body.slice().buffer as ArrayBuffer
  },
})

const jsonAnswer = (status: number): Answer => ({
  status,
  type: 'application/json',
  body: Buffer.from('{"code":"server-error","message":""}'),
})
