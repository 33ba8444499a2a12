// `GET /api/v1/events?device=<id>&at=<scope>,<epoch>,<cursor>&at=…`: what happens in the scopes that a person belongs to, as
// server-sent events. One connection per browser; everything that comes by it would also come by `sync`.
//
// event: words      data: base64 of version | from | scope answer (frames.ts)
//   The items follow upon `from`. A device whose cursor stands there, in this epoch, takes them in like an answer's; any other
//   asks by `sync`. No items = a hint that there is something at `head`. An update of at most `inlineBytes` comes inside.
//   A device does not get its own words back.
// event: presence   data: JSON `Presence`, the whole state of one scope: who is in which document now.
// event: listening  data: JSON { scope, listening }: how many other devices follow the scope.
// event: day        data: JSON `DayEvent`: what goes on at a gathering of one's own cohort, whole, with the server's clock. Comes after
//   each change, and at the beginning where something goes on.
// A comment line every 25 s keeps proxies from closing the connection; a device that hears nothing for 60 s connects anew.
// `POST /api/v1/presence` with JSON `PresenceReport`, repeated at least every 20 s while a group's document is open: a row
// that expires after 30 s. `doc` null = it is closed.
import { fromBase64, toBase64 } from 'lib0/buffer'
import type { DayState } from '../domain/day.ts'
import { read, start } from './frame-codec.ts'
import { readScopeAnswer, type ScopeAnswer, writeScopeAnswer } from './frames.ts'
import * as decoding from './varints.ts'
import * as encoding from './varints.ts'

export const inlineBytes = 8 * 1024
export const presenceExpiryMs = 30_000
export const presenceRepeatMs = 20_000
export const heartbeatMs = 25_000

export interface WordsEvent {
  /** The cursor that the items follow upon. */
  from: number
  answer: ScopeAnswer
}
export interface PresentDevice {
  device: string
  doc: string
  label: string
  role: string | null
}
export interface Presence {
  scope: string
  present: PresentDevice[]
}
export interface DayEvent {
  now: number
  day: DayState
}
export interface PresenceReport {
  scope: string
  device: string
  doc: string | null
  label: string
  role: string | null
}

export const encodeWordsEvent = ({ from, answer }: WordsEvent): string => {
  const out = start()
  encoding.writeVarUint(out, from)
  writeScopeAnswer(out, answer)
  return toBase64(encoding.toUint8Array(out))
}

/** Throws a FrameError, or what base64 throws. */
export const decodeWordsEvent = (data: string): WordsEvent =>
  read(fromBase64(data), (input) => ({
    from: decoding.readVarUint(input),
    answer: readScopeAnswer(input),
  }))
