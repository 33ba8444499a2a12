import { decodeRequest, encodeAnswer, FrameError, limits } from '../../shared/protocol/frames.ts'
import { Refusal } from '../refusal.ts'
import { type SyncDeps, sync } from './sync.ts'

/**
 * `POST /api/v1/sync` without HTTP: a request's frame in, an answer's frame out, or a Refusal. `isOver` = a tablet whose time is
 * over: its words are taken, and it is told of nothing.
 */
export const handleSync = async (
  deps: SyncDeps,
  person: string,
  frame: Uint8Array,
  isOver = false,
): Promise<Uint8Array> => {
  if (frame.length > limits.requestBytes) throw new Refusal('too-large', 'request too large')
  const request = readFrame(() => decodeRequest(frame))
  const { scopes } = request
  if (scopes.length > limits.scopes) throw new Refusal('too-large', 'too many scopes')
  const pushes = scopes.reduce((sum, scope) => sum + scope.pushes.length, 0)
  if (pushes > limits.pushes) throw new Refusal('too-large', 'too many pushes')
  if (new Set(scopes.map(({ id }) => id)).size < scopes.length) {
    throw new Refusal('bad-request', 'a scope is named twice')
  }
  return encodeAnswer(await sync(deps, person, request, isOver))
}

/** Runs a decoder; what is wrong with the frame becomes a Refusal. */
export const readFrame = <T>(decode: () => T): T => {
  try {
    return decode()
  } catch (error) {
    if (!(error instanceof FrameError)) throw error
    if (error.code === 'malformed') throw new Refusal('bad-request', error.message)
    const advice = 'this version of Løft is too old or too new; update the page'
    throw new Refusal('unknown-version', advice)
  }
}
