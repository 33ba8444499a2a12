import type { Me } from '../../shared/domain/person.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { DeviceDatabase } from '../storage/device-database.ts'
import { databaseMs, orNullAfter } from '../storage/or-null-after.ts'

const serverMs = 10_000
/** A code is spent once: rather wait for the answer than ask again. */
const signInMs = 30_000

export interface SessionDeps {
  fetch: typeof fetch
  device: DeviceDatabase
}

/** Who used this device last, from the device alone. */
export const rememberedMe = async ({ device }: SessionDeps): Promise<Me | null> =>
  readMe((await orNullAfter(databaseMs, device.people.get('current')))?.me)

/** False if the device could not store it: it loses the offline start, nothing more. */
export const rememberMe = async ({ device }: SessionDeps, me: Me | null): Promise<boolean> => {
  return (await orNullAfter(databaseMs, device.people.put({ key: 'current', me }))) !== null
}

/** The principal who has this device now, by what all windows share; null for nobody, undefined if it cannot be known. */
export const currentPerson = async ({
  device,
}: SessionDeps): Promise<string | null | undefined> => {
  const read = device.people
    .get('current')
    .then((row) => ({ principal: row && (row.me?.principal ?? null) }))
  return (await orNullAfter(databaseMs, read))?.principal
}

/**
 * Asks the server who is signed in; a group's tablet says who it is, for a person may be signed in beside it. `ended` = this device
 * was signed out from another one, on purpose.
 */
export const askMe = async (
  { fetch }: SessionDeps,
  tablet: string | null = null,
): Promise<Me | 'signed-out' | 'ended' | 'unreachable'> => {
  try {
    const answer = await fetch(paths.me, {
      ...(tablet && { headers: { [principalHeader]: tablet } }),
      signal: AbortSignal.timeout(serverMs),
    })
    if (answer.status === 401) {
      const { code } = (await answer.json().catch(() => ({}))) as { code?: ErrorCode }
      return code === 'signed-out' ? 'ended' : 'signed-out'
    }
    return (answer.ok && readMe(await answer.json())) || 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/** The error codes are those of the API, or `unreachable`. */
export type SignedIn = { ok: true; me: Me } | { ok: false; error: ErrorCode | 'unreachable' }

/** Spends a sign-in code. */
export const signIn = (deps: SessionDeps, code: string): Promise<SignedIn> =>
  comeIn(deps, paths.session, { code })

export const comeIn = async (
  { fetch }: SessionDeps,
  path: string,
  what: object,
): Promise<SignedIn> => {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
      signal: AbortSignal.timeout(signInMs),
    })
    const body = await answer.json()
    const me = answer.ok ? readMe(body) : null
    return me ? { ok: true, me } : { ok: false, error: (body as { code: ErrorCode }).code }
  } catch {
    return { ok: false, error: 'unreachable' }
  }
}

/**
 * From here on this device lets nobody in before the server knows: the browser holds the cookie, which no page can delete.
 * `finishLeaving` tells the server. False if the device could not store it.
 */
export const beginLeaving = async (deps: SessionDeps, me: Me): Promise<boolean> => {
  const isNoted = await deps.device.people.put({ key: 'leaving', me }).then(
    () => true,
    () => false,
  )
  return (await rememberMe(deps, null)) && isNoted
}

/** True when nobody is on the way out, or the server now knows. `isLeaving` = somebody is, whom the database could not note. */
export const finishLeaving = async (
  { fetch, device }: SessionDeps,
  isLeaving = false,
): Promise<boolean> => {
  const leaving = await orNullAfter(databaseMs, device.people.get('leaving'))
  if (!leaving && !isLeaving) return true
  try {
    const answer = await fetch(paths.session, {
      method: 'DELETE',
      signal: AbortSignal.timeout(serverMs),
    })
    if (answer.status !== 204) return false
    if (leaving) await device.people.delete('leaving')
    return true
  } catch {
    return false
  }
}

/** Asks as this principal: of a browser with two sessions, it is that one's which counts. */
export const fetchAs =
  (fetcher: typeof fetch, principal: string): typeof fetch =>
  (url, init) => {
    const headers = new Headers(init?.headers)
    headers.set(principalHeader, principal)
    return fetcher(url, { ...init, headers })
  }

export const askDeviceCode = async (
  { fetch }: SessionDeps,
  me: Me,
): Promise<{ code: string; expiresAt: number } | null> => {
  try {
    const headers = { [principalHeader]: me.principal }
    const answer = await fetch(paths.deviceCode, {
      method: 'POST',
      headers,
      signal: AbortSignal.timeout(serverMs),
    })
    return answer.ok ? ((await answer.json()) as { code: string; expiresAt: number }) : null
  } catch {
    return null
  }
}

/** Our server has checked it against the schema; this only tells it from a portal's or an older page's JSON. */
export const readMe = (value: unknown): Me | null => {
  const me = value as Partial<Me> | null | undefined
  return typeof me?.principal === 'string' &&
    Array.isArray(me.cohort?.stops) &&
    Array.isArray(me.groups)
    ? (me as Me)
    : null
}
