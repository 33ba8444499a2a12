import { useMemo } from 'preact/hooks'
import * as v from 'valibot'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { principalHeader } from '../../shared/protocol/paths.ts'
import { useServices } from './services.ts'

/** `detail` = what the server says for developers, English; never shown. */
export type Asked<Answer> =
  | { ok: true; value: Answer }
  | { ok: false; error: ErrorCode | 'unreachable'; detail: string }

export interface Asking<Answer> {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON; a string or a Blob as it is. */
  body?: object | string
  /** Of the answer. Without it the answer is nothing. */
  answer?: v.GenericSchema<unknown, Answer>
}

/** One request of an administrator's page. Never throws. */
export type Ask = <Answer = undefined>(
  path: string,
  asking?: Asking<Answer>,
) => Promise<Asked<Answer>>

const patienceMs = 20_000

export const createAsk =
  ({ fetch, principal }: { fetch: typeof globalThis.fetch; principal: string }): Ask =>
  async <Answer>(
    path: string,
    { method = 'GET', body, answer }: Asking<Answer> = {},
  ): Promise<Asked<Answer>> => {
    try {
      const isRaw = typeof body === 'string' || body instanceof Blob
      const response = await fetch(path, {
        method,
        headers: {
          [principalHeader]: principal,
          ...(body && !isRaw && { 'content-type': 'application/json' }),
        },
        ...(body && { body: isRaw ? (body as string) : JSON.stringify(body) }),
        redirect: 'error', // a captive portal's way to its own page
        signal: AbortSignal.timeout(patienceMs),
      })
      if (!response.ok) {
        const { code, message } = (await response.json()) as { code?: ErrorCode; message?: string }
        return code
          ? { ok: false, error: code, detail: message ?? '' }
          : unreachable(`${response.status}`)
      }
      if (!answer) return { ok: true, value: undefined as Answer }
      const read = v.safeParse(answer, await response.json())
      return read.success
        ? { ok: true, value: read.output }
        : unreachable(`not as described: ${v.getDotPath(read.issues[0]) ?? ''}`) // a portal's page, or another release
    } catch (error) {
      return unreachable(error instanceof Error ? error.name : '')
    }
  }

const unreachable = (detail: string) => ({ ok: false, error: 'unreachable', detail }) as const

/** `ask` in the name of whoever is signed in. */
export const useAsk = (): Ask => {
  const { server, me } = useServices()
  return useMemo(
    () => createAsk({ fetch: server.fetch, principal: me.principal }),
    [server, me.principal],
  )
}
