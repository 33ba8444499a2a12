import * as v from 'valibot'
import {
  type Registered,
  type Registration,
  type RegistrationSight,
  registeredSchema,
  registrationSightSchema,
} from '../../shared/domain/registration.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths } from '../../shared/protocol/paths.ts'

type Told<T> = { ok: true; value: T } | { ok: false; error: ErrorCode | 'unreachable' }
interface Deps {
  fetch: typeof fetch
}

const patienceMs = 20_000

/** What a municipality's link is for; or why it registers nobody. */
export const lookAtRegistration = (deps: Deps, token: string): Promise<Told<RegistrationSight>> =>
  tell(deps, token, {}, registrationSightSchema)

/** Sent again, the same attempt registers once. */
export const sendRegistration = (
  deps: Deps,
  token: string,
  body: Registration,
): Promise<Told<Registered>> =>
  tell(
    deps,
    token,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    registeredSchema,
  )

const tell = async <T>(
  { fetch }: Deps,
  token: string,
  init: RequestInit,
  answer: v.GenericSchema<unknown, T>,
): Promise<Told<T>> => {
  try {
    const response = await fetch(paths.registration(encodeURIComponent(token)), {
      ...init,
      redirect: 'error', // a captive portal's way to its own page
      signal: AbortSignal.timeout(patienceMs),
    })
    const body: unknown = await response.json()
    if (!response.ok) {
      const { code } = body as { code?: ErrorCode }
      return { ok: false, error: code ?? 'unreachable' }
    }
    const read = v.safeParse(answer, body)
    return read.success ? { ok: true, value: read.output } : { ok: false, error: 'unreachable' }
  } catch {
    return { ok: false, error: 'unreachable' }
  }
}
