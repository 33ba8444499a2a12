import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CheckAnswer,
  type CheckRequest,
  decodeCheckAnswer,
  decodeCheckRequest,
  encodeCheckAnswer,
  encodeCheckRequest,
} from '../../../src/shared/protocol/check-frames.ts'
import { scopeStatuses } from '../../../src/shared/protocol/frames.ts'
import { bytes, docOf, id, number, outcome, startOfFrame } from './any-frame.ts'

const digestOf = (scope: string) => ({ doc: docOf(scope), stateVector: bytes, hash: bytes })
const requests: fc.Arbitrary<CheckRequest> = id.chain((scope) =>
  fc.record({ scope: fc.constant(scope), docs: fc.array(fc.record(digestOf(scope))) }),
)
const scope = 'g:leiargruppa'
const answers: fc.Arbitrary<CheckAnswer> = fc.record({
  status: fc.constantFrom(...scopeStatuses),
  epoch: number,
  head: number,
  answered: number,
  docs: fc.array(fc.record({ ...digestOf(scope), update: bytes })),
})
const decodeAnswer = (frame: Uint8Array) => decodeCheckAnswer(scope, frame)

test('a check request comes out as it went in', () => {
  fc.assert(
    fc.property(requests, (request) => {
      expect(decodeCheckRequest(encodeCheckRequest(request))).toEqual(request)
    }),
  )
})

test('a check answer comes out as it went in', () => {
  fc.assert(
    fc.property(answers, (answer) => {
      expect(decodeAnswer(encodeCheckAnswer(scope, answer))).toEqual(answer)
    }),
  )
})

test('a check frame cut anywhere, or with bytes after its end, is malformed', () => {
  fc.assert(
    fc.property(requests, answers, fc.nat(), (request, answer, at) => {
      const pairs = [
        [decodeCheckRequest, encodeCheckRequest(request)],
        [decodeAnswer, encodeCheckAnswer(scope, answer)],
      ] as const
      for (const [decode, frame] of pairs) {
        expect(outcome(decode, frame.subarray(0, at % frame.length))).toBe('malformed')
        expect(outcome(decode, new Uint8Array([...frame, 0]))).toBe('malformed')
      }
    }),
  )
})

test('a bit that flips, or any bytes at all, throw nothing but a FrameError', () => {
  const frames = fc.oneof(
    requests.map(encodeCheckRequest),
    answers.map((answer) => encodeCheckAnswer(scope, answer)),
    fc.uint8Array({ maxLength: 500 }).map((noise) => {
      const start = startOfFrame()
      return new Uint8Array([...start.cbuf.subarray(0, start.cpos), ...noise])
    }),
  )
  fc.assert(
    fc.property(frames, fc.nat(), fc.integer({ min: 0, max: 255 }), (frame, at, flip) => {
      const index = at % frame.length
      frame[index] = (frame[index] ?? 0) ^ flip
      for (const decode of [decodeCheckRequest, decodeAnswer]) outcome(decode, frame)
    }),
  )
})
