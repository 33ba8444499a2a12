import { principalHeader } from '../../shared/protocol/paths.ts'

/** Why something that waits on the device has not come to the server; a number = the server's own refusal, by its status. */
export type NotSent = 'offline' | 'signed-out' | 'later' | number

/** Null = the server has done it. `wait` is told how long it asks to be left alone, ms. */
export const sendOwn = async (
  { fetch, principal }: { fetch: typeof globalThis.fetch; principal: string },
  path: string,
  { method, body }: { method: 'POST' | 'PUT' | 'DELETE'; body?: object },
  wait: (ms: number) => void,
): Promise<NotSent | null> => {
  try {
    const answer = await fetch(path, {
      method,
      headers: {
        [principalHeader]: principal,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body, withoutNul) }),
      redirect: 'error', // a captive portal's way to its own page
      signal: AbortSignal.timeout(20_000),
    })
    if (answer.status === 204) return null
    if (answer.status === 401) return 'signed-out'
    if (answer.status === 429 || answer.status === 503) {
      wait((Number(answer.headers.get('retry-after')) || 60) * 1000)
      return 'later'
    }
    const isOurs = answer.headers.get('content-type')?.startsWith('application/json')
    return isOurs && answer.status >= 400 && answer.status < 500 ? answer.status : 'offline'
  } catch {
    return 'offline'
  }
}

/** PostgreSQL's text holds all but this. */
const withoutNul = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\u0000', '') : value
