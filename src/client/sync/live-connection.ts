import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { Clock } from '../storage/clock.ts'
import type { ScopeRow } from '../storage/words-database.ts'
import { createEventReader, type ServerEvent } from './live-stream.ts'

/** A browser's fetch, whose answer is read while it comes. */
export type StreamingFetch = (
  url: string,
  init: RequestInit,
) => Promise<Pick<Response, 'ok' | 'status' | 'headers' | 'body'>>

export interface ConnectionParts {
  fetch: StreamingFetch
  clock: Clock
  principal: string
  device: string
  scopes: readonly ScopeRow[]
  signal: AbortSignal
  /** The server has answered: from here on it tells everything. */
  opened(): void
  heard(event: ServerEvent): void
}

/** A connection that is as silent for so long is dead, whatever the browser believes: the server says something every 25 s. */
export const silenceMs = 60_000

/**
 * One connection, from its request to its end. `lost` = it broke, or was never there. `refused` = nobody is signed in, nothing
 * is to be followed, or somebody else answers: asking again soon changes nothing. Never rejects.
 */
export const connectOnce = async (parts: ConnectionParts): Promise<'lost' | 'refused'> => {
  const { clock, principal, signal, opened, heard } = parts
  const dead = new AbortController()
  const abort = (): void => dead.abort()
  signal.addEventListener('abort', abort)
  let timer = clock.setTimeout(abort, silenceMs)
  try {
    const response = await parts.fetch(addressOf(parts), {
      headers: { accept: 'text/event-stream', [principalHeader]: principal },
      cache: 'no-store',
      redirect: 'error', // a captive portal's way to its own page
      referrerPolicy: 'no-referrer',
      signal: dead.signal,
    })
    const isOurs = response.headers.get('content-type')?.startsWith('text/event-stream') === true
    if (!response.ok || !isOurs || !response.body) {
      void response.body?.cancel().catch(() => undefined)
      const isTrouble = response.status >= 500 || response.status === 429
      return isTrouble ? 'lost' : 'refused'
    }
    const read = createEventReader(heard)
    const reader = response.body.getReader()
    opened()
    for (;;) {
      const { done, value } = await reader.read()
      if (done || dead.signal.aborted) return 'lost'
      clock.clearTimeout(timer)
      timer = clock.setTimeout(abort, silenceMs)
      read(value)
    }
  } catch {
    return 'lost'
  } finally {
    clock.clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    dead.abort()
  }
}

const addressOf = ({ device, scopes }: ConnectionParts): string => {
  const query = new URLSearchParams({ device })
  for (const { id, epoch, cursor } of scopes) query.append('at', `${id},${epoch ?? 0},${cursor}`)
  return `${paths.events}?${query}`
}
