import type { Language } from '../../shared/domain/languages.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths } from '../../shared/protocol/paths.ts'
import { comeIn, type SessionDeps, type SignedIn } from './session.ts'

/** Whose link it is; or why it lets nobody in. */
export type LinkSight =
  | { ok: true; municipality: string; audience: string }
  | { ok: false; error: ErrorCode | 'unreachable' }

export const lookAtLink = async ({ fetch }: SessionDeps, token: string): Promise<LinkSight> => {
  try {
    const answer = await fetch(paths.link(encodeURIComponent(token)))
    const body = await answer.json()
    if (!answer.ok) return { ok: false, error: (body as { code: ErrorCode }).code }
    const { municipality, audience } = body as { municipality: string; audience: string }
    return typeof municipality === 'string'
      ? { ok: true, municipality, audience }
      : { ok: false, error: 'unreachable' } // a portal's page
  } catch {
    return { ok: false, error: 'unreachable' }
  }
}

/** Becomes an anonymous person. The same `attempt` makes the same person, however often it has to be sent. */
export const enterByLink =
  (attempt: string, language: Language) =>
  (deps: SessionDeps, token: string): Promise<SignedIn> =>
    comeIn(deps, paths.link(encodeURIComponent(token)), { attempt, language })
