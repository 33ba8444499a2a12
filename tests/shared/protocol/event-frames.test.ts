import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeWordsEvent,
  encodeWordsEvent,
  type WordsEvent,
} from '../../../src/shared/protocol/event-frames.ts'
import { syncVersion } from '../../../src/shared/protocol/frames.ts'
import { number, outcome, quiet, scopeAnswers } from './any-frame.ts'

const events: fc.Arbitrary<WordsEvent> = fc.record({ from: number, answer: scopeAnswers })
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const outcomeOf = (data: string) => outcome(() => decodeWordsEvent(data), new Uint8Array())

test('an event comes out as it went in', () => {
  fc.assert(
    fc.property(events, (event) => {
      expect(decodeWordsEvent(encodeWordsEvent(event))).toEqual(event)
    }),
  )
})

test('an event stands in one line, as the stream of events wants it', () => {
  fc.assert(
    fc.property(events, (event) => {
      expect(encodeWordsEvent(event)).toMatch(/^[A-Za-z0-9+/]+=*$/)
    }),
  )
})

test('an event cut anywhere, or with bytes after its end, is malformed', () => {
  fc.assert(
    fc.property(events, fc.nat(), (event, at) => {
      const frame = Buffer.from(encodeWordsEvent(event), 'base64')
      expect(outcomeOf(base64(frame.subarray(0, at % frame.length)))).toBe('malformed')
      expect(outcomeOf(base64(Buffer.concat([frame, Buffer.from([0])])))).toBe('malformed')
    }),
  )
})

test('any bytes throw nothing but a FrameError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.boolean(), (noise, started) => {
      outcomeOf(base64(started ? new Uint8Array([0x4c, 0xf8, syncVersion, ...noise]) : noise))
    }),
  )
})

test('an event of a version from the future is told apart from a broken one', () => {
  const frame = Buffer.from(encodeWordsEvent({ from: 1, answer: quiet }), 'base64')
  frame[2] = 99
  expect(outcomeOf(base64(frame))).toBe('version')
})
