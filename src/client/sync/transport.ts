import {
  decodeAnswer,
  encodeRequest,
  FrameError,
  type SyncAnswer,
  type SyncRequest,
} from '../../shared/protocol/frames.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { Clock } from '../storage/clock.ts'
import type { Outcome } from './outcome.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>
export type Posted =
  | { kind: 'answer'; answer: SyncAnswer }
  | Extract<Outcome, { kind: 'offline' | 'signed-out' | 'refused' | 'wait' }>
export type Post = (request: SyncRequest) => Promise<Posted>

const gzipAbove = 1024
const timeoutMs = 60_000

/** One round trip. Never rejects. */
export const createPost =
  (fetch: Fetch, clock: Clock, principal: string): Post =>
  async (request) => {
    const abort = new AbortController()
    const timer = clock.setTimeout(() => abort.abort(), timeoutMs)
    try {
      const { body, encoding } = await compress(encodeRequest(request))
      const response = await fetch(paths.sync, {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          // The cookie is the browser's: another window may have signed in somebody else meanwhile.
          [principalHeader]: principal,
          ...(encoding && { 'content-encoding': encoding }),
        },
        body,
        cache: 'no-store',
        redirect: 'error', // a captive portal's way to its own page
        signal: abort.signal,
      })
      if (!response.ok) return refusalOf(response, clock.now())
      return { kind: 'answer', answer: decodeAnswer(new Uint8Array(await response.arrayBuffer())) }
    } catch (error) {
      // A frame of another version is our server's. Anything else that is no frame is a portal's page or a torn answer.
      const isNewer = error instanceof FrameError && error.code === 'version'
      return isNewer ? { kind: 'refused', status: 426 } : { kind: 'offline' }
    } finally {
      clock.clearTimeout(timer)
    }
  }

const compress = async (
  frame: Uint8Array,
): Promise<{ body: Uint8Array<ArrayBuffer>; encoding: 'gzip' | null }> => {
  const body = frame as Uint8Array<ArrayBuffer>
  if (body.length <= gzipAbove || typeof CompressionStream === 'undefined')
    return { body, encoding: null }
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))
  return { body: new Uint8Array(await new Response(stream).arrayBuffer()), encoding: 'gzip' }
}

const refusalOf = (response: Response, now: number): Posted => {
  const { status, headers } = response
  // Our server refuses in JSON; a page is a captive portal's or a proxy's, whatever its status.
  if (headers.get('content-type')?.startsWith('text/html')) return { kind: 'offline' }
  if (status === 401) return { kind: 'signed-out' }
  const wait = retryAfterMs(headers.get('retry-after'), now)
  if (wait !== null && (status === 429 || status === 503)) return { kind: 'wait', ms: wait }
  if (status < 400 || status >= 500) return { kind: 'offline' }
  return { kind: 'refused', status }
}

/** Seconds or an HTTP date; at most an hour, so that a wrong clock does not silence a device for days. */
const retryAfterMs = (value: string | null, now: number): number | null => {
  if (value === null) return null
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : null
}
