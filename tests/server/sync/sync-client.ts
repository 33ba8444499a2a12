import type { FastifyInstance } from 'fastify'
import {
  decodeAnswer,
  encodeRequest,
  type PullItem,
  type Push,
  type ScopeAnswer,
  type ScopeRequest,
} from '../../../src/shared/protocol/frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'

export const own = 'u:deltakar-stord:vestland-1'
export const group = 'g:leiargruppa-stord'

/** A push as an honest device makes it. Its bytes are opaque to the server: any will do. */
export const push = (doc: string, update: Uint8Array | string): Push => {
  const bytes = typeof update === 'string' ? new TextEncoder().encode(update) : update
  return { doc, writtenAt: 1_790_000_000_000, update: bytes }
}

type Asked = Pick<ScopeRequest, 'id'> & Partial<ScopeRequest>

export const frame = (scopes: Asked[], budget = 1_000_000): Buffer =>
  Buffer.from(
    encodeRequest({
      device: 'a-device',
      budget,
      scopes: scopes.map((scope) => ({ epoch: 0, cursor: 0, pushes: [], ...scope })),
    }),
  )

export const post = (
  app: FastifyInstance,
  cookie: string,
  payload: Buffer,
  headers: Record<string, string> = {},
) =>
  app.inject({
    method: 'POST',
    url: paths.sync,
    payload,
    headers: { cookie, 'content-type': 'application/octet-stream', ...headers },
  })

/** One round trip that must succeed. */
export const syncAll = async (
  app: FastifyInstance,
  cookie: string,
  scopes: Asked[],
  budget?: number,
): Promise<ScopeAnswer[]> => {
  const response = await post(app, cookie, frame(scopes, budget))
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`)
  return decodeAnswer(response.rawPayload).scopes
}

/** One round trip about one scope. */
export const sync = async (
  app: FastifyInstance,
  cookie: string,
  asked: Asked,
  budget?: number,
): Promise<ScopeAnswer> => {
  const [answer] = await syncAll(app, cookie, [asked], budget)
  if (!answer) throw new Error('no answer about the scope')
  return answer
}

export const texts = (items: readonly PullItem[]): string[] =>
  items.map((item) => new TextDecoder().decode(item.update))

export const codes = (answer: ScopeAnswer): string[] => [...answer.acks]
