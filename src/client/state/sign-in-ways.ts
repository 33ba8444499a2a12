import type { SignInWays } from '../../shared/domain/sign-in.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths } from '../../shared/protocol/paths.ts'
import { finishLeaving, type SessionDeps } from './session.ts'

/** How one may sign in here besides by a code; null if the server does not answer. */
export const readSignInWays = async ({ fetch }: SessionDeps): Promise<SignInWays | null> => {
  try {
    const answer = await fetch(paths.signInWays)
    const ways = answer.ok ? ((await answer.json()) as Partial<SignInWays>) : null
    return Array.isArray(ways?.providers) ? (ways as SignInWays) : null
  } catch {
    return null
  }
}

/** `sent` says nothing of whether anybody has the address. */
export const askNewLink =
  (email: string) =>
  async ({ fetch }: SessionDeps): Promise<'sent' | ErrorCode | 'unreachable'> => {
    const answer = await post(fetch, paths.newLink, { email })
    return typeof answer === 'object' ? 'sent' : answer
  }

/** Where the provider asks who one is; the page goes there. The code is that of an open invitation. */
export const startProvider =
  (provider: string, code: string | null) =>
  async (deps: SessionDeps): Promise<{ redirectTo: string } | ErrorCode | 'unreachable'> => {
    // Else the next start would sign out whoever comes back signed in.
    if (!(await finishLeaving(deps))) return 'unreachable'
    const answer = await post(deps.fetch, paths.oidcStart, { provider, code })
    if (typeof answer === 'string') return answer
    const { redirectTo } = answer as { redirectTo?: unknown }
    return typeof redirectTo === 'string' ? { redirectTo } : 'unreachable' // a portal's page
  }

const post = async (
  send: typeof fetch,
  path: string,
  what: object,
): Promise<object | ErrorCode | 'unreachable'> => {
  try {
    const answer = await send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
    })
    if (answer.status === 204) return {}
    const body = (await answer.json()) as object & { code?: ErrorCode }
    return answer.ok ? body : (body.code ?? 'unreachable')
  } catch {
    return 'unreachable'
  }
}
