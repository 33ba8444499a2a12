import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import {
  type AckCode,
  decodeAnswer,
  decodeRequest,
  encodeAnswer,
  encodeRequest,
  hashInput,
  limits,
  type SyncAnswer,
  type SyncRequest,
  syncVersion,
} from '../../../src/shared/protocol/frames.ts'
import {
  bytes,
  docOf,
  id,
  number,
  outcome,
  quiet,
  scopeAnswers,
  startOfFrame,
} from './any-frame.ts'

const requests: fc.Arbitrary<SyncRequest> = fc.record({
  device: id,
  budget: number,
  scopes: fc.array(
    id.chain((scope) =>
      fc.record({
        id: fc.constant(scope),
        epoch: number,
        cursor: number,
        pushes: fc.array(fc.record({ doc: docOf(scope), writtenAt: number, update: bytes })),
      }),
    ),
  ),
})
const answers: fc.Arbitrary<SyncAnswer> = fc.record({ scopes: fc.array(scopeAnswers) })

const decoders = [decodeRequest, decodeAnswer]
const frames = fc.oneof(requests.map(encodeRequest), answers.map(encodeAnswer))

test('a request comes out as it went in', () => {
  fc.assert(
    fc.property(requests, (request) => {
      expect(decodeRequest(encodeRequest(request))).toEqual(request)
    }),
  )
})

test('an answer comes out as it went in', () => {
  fc.assert(
    fc.property(answers, (answer) => {
      expect(decodeAnswer(encodeAnswer(answer))).toEqual(answer)
    }),
  )
})

test('a frame cut anywhere is malformed', () => {
  fc.assert(
    fc.property(requests, answers, fc.nat(), (request, answer, at) => {
      const pairs = [
        [decodeRequest, encodeRequest(request)],
        [decodeAnswer, encodeAnswer(answer)],
      ] as const
      for (const [decode, frame] of pairs) {
        expect(outcome(decode, frame.subarray(0, at % frame.length))).toBe('malformed')
      }
    }),
  )
})

test('a frame with bytes after its end is malformed', () => {
  fc.assert(
    fc.property(requests, fc.uint8Array({ minLength: 1 }), (request, rest) => {
      const longer = new Uint8Array([...encodeRequest(request), ...rest])
      expect(outcome(decodeRequest, longer)).toBe('malformed')
    }),
  )
})

test('a cut frame never reads on in the memory behind it', () => {
  // Node gives small buffers out of one pool: behind a request may lie another person's words.
  const request = { device: 'a', budget: 1, scopes: [] }
  const pool = new Uint8Array([...encodeRequest(request), ...new Uint8Array(100).fill(65)])
  for (let end = 0; end < encodeRequest(request).length; end += 1) {
    expect(outcome(decodeRequest, pool.subarray(0, end))).toBe('malformed')
  }
})

test('a bit that flips gives another frame or a FrameError, never anything else', () => {
  fc.assert(
    fc.property(frames, fc.nat(), fc.integer({ min: 1, max: 255 }), (frame, at, flip) => {
      const index = at % frame.length
      frame[index] = (frame[index] ?? 0) ^ flip
      for (const decode of decoders) outcome(decode, frame)
    }),
  )
})

test('random bytes, with and without the right start, throw nothing but a FrameError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
      const started = new Uint8Array([0x4c, 0xf8, syncVersion, ...noise])
      for (const decode of decoders) {
        outcome(decode, noise)
        outcome(decode, started)
      }
    }),
    { numRuns: 1000 },
  )
})

test('a list that claims to be longer than the frame is refused before memory is spent', () => {
  const out = startOfFrame()
  encoding.writeVarString(out, 'device')
  encoding.writeVarUint(out, 1000)
  encoding.writeVarUint(out, 30_000_000)
  expect(() => decodeRequest(encoding.toUint8Array(out))).toThrow('list longer than the frame')
})

test.for([1000, 2 ** 31, Number.MAX_SAFE_INTEGER])(
  'bytes that claim a length of %i are malformed',
  (length) => {
    const out = startOfFrame()
    encoding.writeVarUint(out, length)
    encoding.writeUint8Array(out, new Uint8Array(20))
    expect(outcome(decodeRequest, encoding.toUint8Array(out))).toBe('malformed')
  },
)

test('a number beyond what is exact is malformed', () => {
  const out = startOfFrame()
  encoding.writeVarString(out, 'device')
  encoding.writeUint8Array(out, new Uint8Array(9).fill(0xff))
  encoding.writeUint8Array(out, new Uint8Array([0x7f, 0]))
  expect(outcome(decodeRequest, encoding.toUint8Array(out))).toBe('malformed')
})

test('an id longer than any real one is malformed', () => {
  const request = (device: string) => encodeRequest({ device, budget: 1, scopes: [] })
  expect(outcome(decodeRequest, request('x'.repeat(limits.idLength)))).not.toBe('malformed')
  expect(outcome(decodeRequest, request('x'.repeat(limits.idLength + 1)))).toBe('malformed')
})

test('text that is no UTF-8 is malformed', () => {
  const out = startOfFrame()
  encoding.writeVarUint8Array(out, new Uint8Array([0xc3, 0x28]))
  encoding.writeUint8Array(out, new Uint8Array([1, 0]))
  expect(outcome(decodeRequest, encoding.toUint8Array(out))).toBe('malformed')
})

test('an unknown code in an answer is malformed', () => {
  const frame = encodeAnswer({
    scopes: [{ ...quiet, id: 'x' }],
  })
  frame[6] = 9 // behind the start, the count and the id
  expect(outcome(decodeAnswer, frame)).toBe('malformed')
})

test('the page of a captive portal is malformed, not a foreign version', () => {
  const page = new TextEncoder().encode(
    '<!DOCTYPE html><html><title>Logg på nettet om bord</title>',
  )
  for (const decode of decoders) expect(outcome(decode, page)).toBe('malformed')
})

test('an empty body is malformed', () => {
  for (const decode of decoders) expect(outcome(decode, new Uint8Array())).toBe('malformed')
})

test.for([0, 1, 3, 255])('a frame of version %i is told apart from a broken one', (version) => {
  const frame = encoding.toUint8Array(startOfFrame(version))
  for (const decode of decoders) expect(outcome(decode, frame)).toBe('version')
})

test('the bytes of an answer do not keep its frame in memory: a device stores each by itself', () => {
  const item = { doc: 's/t', seq: 1, kind: 'update' as const, update: new Uint8Array([1, 2]) }
  const answer = { scopes: [{ ...quiet, id: 's', items: [item] }] }
  const frame = encodeAnswer(answer)
  const decoded = decodeAnswer(frame)
  frame.fill(0)
  expect(decoded).toEqual(answer)
  expect(decoded.scopes[0]?.items[0]?.update.buffer.byteLength).toBe(2)
})

test('a document of another scope is not encoded: the scope stands in the frame only once', () => {
  const pushes = [{ doc: 'g:b/task', writtenAt: 1, update: new Uint8Array([1]) }]
  const scopes = [{ id: 'g:a', epoch: 1, cursor: 0, pushes }]
  expect(() => encodeRequest({ device: 'a', budget: 1, scopes })).toThrow('g:b/task is not of g:a')
  const items = [{ doc: 'g:ab/task', seq: 1, kind: 'update' as const, update: new Uint8Array([1]) }]
  expect(() => encodeAnswer({ scopes: [{ ...quiet, id: 'g:a', items }] })).toThrow('is not of g:a')
})

test('acknowledgements take no room of their own: a thousand alike are one run', () => {
  const sizeOf = (acks: AckCode[]) => encodeAnswer({ scopes: [{ ...quiet, acks }] }).length
  const thousand = Array.from({ length: 1000 }, (): AckCode => 'accepted')
  expect(sizeOf(thousand) - sizeOf([])).toBe(3)
})

test('a run of acknowledgements longer than any request is refused before memory is spent', () => {
  const frame = encodeAnswer({ scopes: [{ ...quiet, id: 'x', acks: ['accepted'] }] })
  const lie = encoding.createEncoder()
  encoding.writeUint8Array(lie, frame.subarray(0, -2)) // the length of the run and the number of items go
  encoding.writeVarUint(lie, Number.MAX_SAFE_INTEGER)
  encoding.writeVarUint(lie, 0)
  expect(() => decodeAnswer(encoding.toUint8Array(lie))).toThrow(
    'more acknowledgements than pushes',
  )
})

test('more listeners than a byte counts are told as 255', () => {
  const frame = encodeAnswer({ scopes: [{ ...quiet, listening: 300 }] })
  expect(decodeAnswer(frame).scopes[0]?.listening).toBe(255)
})

test('a hash is taken of document and update, so that no two pushes share their input', () => {
  const text = (doc: string, update: number[]) =>
    Buffer.from(hashInput(doc, new Uint8Array(update))).toString('hex')
  expect(text('a', [98])).toBe('610062')
  expect(text('ab', [])).not.toBe(text('a', [98]))
})
