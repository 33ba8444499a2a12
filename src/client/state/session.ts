import type { Me } from '../../shared/domain/person.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { DeviceDatabase } from '../storage/device-database.ts'

export interface SessionDeps {
  fetch: typeof fetch
  device: DeviceDatabase
}

/** Who used this device last, from the device alone. */
export const rememberedMe = async ({ device }: SessionDeps): Promise<Me | null> =>
  readMe((await device.people.get('current').catch(() => undefined))?.me)

/** A device that cannot store it loses the offline start, nothing more. */
export const rememberMe = async ({ device }: SessionDeps, me: Me | null): Promise<void> => {
  try {
    if (me) await device.people.put({ key: 'current', me })
    else await device.people.delete('current')
  } catch {
    // full or forbidden
  }
}

/** Asks the server who is signed in. */
export const askMe = async ({ fetch }: SessionDeps): Promise<Me | 'signed-out' | 'unreachable'> => {
  try {
    const answer = await fetch(paths.me)
    if (answer.status === 401) return 'signed-out'
    return (answer.ok && readMe(await answer.json())) || 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/** Spends a sign-in code. The error codes are those of the API, or `unreachable`. */
export const signIn = async (
  { fetch }: SessionDeps,
  code: string,
): Promise<{ ok: true; me: Me } | { ok: false; error: ErrorCode | 'unreachable' }> => {
  try {
    const answer = await fetch(paths.session, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    const body = await answer.json()
    const me = answer.ok ? readMe(body) : null
    return me ? { ok: true, me } : { ok: false, error: (body as { code: ErrorCode }).code }
  } catch {
    return { ok: false, error: 'unreachable' }
  }
}

/**
 * Ends the session at the server; false if it could not be told. Then the browser still holds the cookie, which no page can
 * delete: the device remembers that it must let nobody in, until `finishLeaving` has told.
 */
export const endSession = async (deps: SessionDeps, me: Me): Promise<boolean> => {
  await deps.device.people.put({ key: 'leaving', me }).catch(() => undefined)
  await rememberMe(deps, null)
  return finishLeaving(deps)
}

/** True when nobody is on the way out, or the server now knows. */
export const finishLeaving = async ({ fetch, device }: SessionDeps): Promise<boolean> => {
  const leaving = await device.people.get('leaving').catch(() => undefined)
  if (!leaving) return true
  try {
    const answer = await fetch(paths.session, { method: 'DELETE' })
    if (answer.status !== 204) return false
    await device.people.delete('leaving')
    return true
  } catch {
    return false
  }
}

export const askDeviceCode = async ({
  fetch,
}: SessionDeps): Promise<{ code: string; expiresAt: number } | null> => {
  try {
    const answer = await fetch(paths.deviceCode, { method: 'POST' })
    return answer.ok ? ((await answer.json()) as { code: string; expiresAt: number }) : null
  } catch {
    return null
  }
}

/** Our server has checked it against the schema; this only tells it from a portal's or an older page's JSON. */
const readMe = (value: unknown): Me | null => {
  const me = value as Partial<Me> | null | undefined
  return typeof me?.principal === 'string' &&
    Array.isArray(me.cohort?.stops) &&
    Array.isArray(me.groups)
    ? (me as Me)
    : null
}
