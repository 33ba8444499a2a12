import {
  decodeAnswer,
  encodeRequest,
  FrameError,
  type SyncAnswer,
  type SyncRequest,
} from '../../shared/protocol/frames.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { Clock } from '../storage/clock.ts'
import type { Gzip } from './gzip.ts'
import type { Outcome } from './outcome.ts'

/** As much of the browser's fetch as the words need. */
export type Fetch = (
  url: string,
  init: RequestInit,
) => Promise<Pick<Response, 'ok' | 'status' | 'arrayBuffer'> & { headers: Pick<Headers, 'get'> }>
export type Failed = Extract<Outcome, { kind: 'offline' | 'signed-out' | 'refused' | 'wait' }>
export type Posted<Answer> = { kind: 'answer'; answer: Answer } | Failed

/** Each method is one round trip and never rejects. */
export interface Transport {
  sync(request: SyncRequest): Promise<Posted<SyncAnswer>>
  post<Answer>(
    path: string,
    frame: Uint8Array,
    decode: (bytes: Uint8Array) => Answer,
  ): Promise<Posted<Answer>>
}

interface TransportParts {
  fetch: Fetch
  clock: Clock
  gzip: Gzip | null
  principal: string
}

const gzipAbove = 1024
const timeoutMs = 60_000

export const createTransport = ({ fetch, clock, gzip, principal }: TransportParts): Transport => {
  const post: Transport['post'] = async (url, frame, decode) => {
    const abort = new AbortController()
    const timer = clock.setTimeout(() => abort.abort(), timeoutMs)
    try {
      const zip = frame.length > gzipAbove ? gzip : null
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          // The cookie is the browser's: another window may have signed in somebody else meanwhile.
          [principalHeader]: principal,
          ...(zip && { 'content-encoding': 'gzip' }),
        },
        body: (zip ? await zip(frame) : frame) as Uint8Array<ArrayBuffer>,
        redirect: 'error', // a captive portal's way to its own page
        signal: abort.signal,
      })
      if (!response.ok) return refusalOf(response, clock.now())
      return { kind: 'answer', answer: decode(new Uint8Array(await response.arrayBuffer())) }
    } catch (error) {
      // A frame of another version is our server's. Anything else that is no frame is a portal's page or a torn answer.
      const isNewer = error instanceof FrameError && error.code === 'version'
      return isNewer ? { kind: 'refused', status: 426 } : { kind: 'offline' }
    } finally {
      clock.clearTimeout(timer)
    }
  }
  return {
    post,
    sync: (request) => post(paths.sync, encodeRequest(request), decodeAnswer),
  }
}

const refusalOf = ({ status, headers }: Awaited<ReturnType<Fetch>>, now: number): Failed => {
  // Our server refuses in JSON; a page is a captive portal's or a proxy's, whatever its status.
  if (headers.get('content-type')?.startsWith('text/html')) return { kind: 'offline' }
  if (status === 401) return { kind: 'signed-out' }
  const wait = retryAfterMs(headers.get('retry-after'), now)
  if (wait !== null && (status === 429 || status === 503)) return { kind: 'wait', ms: wait }
  if (status < 400 || status >= 500) return { kind: 'offline' }
  const isOurs = headers.get('content-type')?.startsWith('application/json') ?? false
  return isOurs ? { kind: 'refused', status } : { kind: 'refused', status, isForeign: true }
}

/** Seconds or an HTTP date; at most an hour, so that a wrong clock does not silence a device for days. */
const retryAfterMs = (value: string | null, now: number): number | null => {
  if (value === null) return null
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : null
}
