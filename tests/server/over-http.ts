import { decodeAnswer, type ScopeAnswer } from '../../src/shared/protocol/frames.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { frame, own } from './sync/sync-client.ts'

/** Gives the Cookie header of a new session. */
export const signIn = async (base: string, code = 'demo-deltakar-stord'): Promise<string> => {
  const response = await fetch(base + paths.session, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** One round trip about one scope. */
export const sync = async (base: string, cookie: string, body: Buffer): Promise<ScopeAnswer> => {
  const headers = { cookie, 'content-type': 'application/octet-stream' }
  const response = await fetch(base + paths.sync, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  })
  const [answer] = decodeAnswer(new Uint8Array(await response.arrayBuffer())).scopes
  if (!answer) throw new Error('no answer about the scope')
  return answer
}

export const pull = (base: string, cookie: string) => sync(base, cookie, frame([{ id: own }]))
