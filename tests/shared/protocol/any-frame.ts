import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import {
  ackCodes,
  FrameError,
  itemKinds,
  type ScopeAnswer,
  scopeStatuses,
  syncVersion,
} from '../../../src/shared/protocol/frames.ts'

export const bytes = fc.uint8Array({ maxLength: 300 })
export const id = fc.string({ unit: 'grapheme', maxLength: 40 })
export const number = fc.nat({ max: Number.MAX_SAFE_INTEGER })
export const docOf = (scope: string): fc.Arbitrary<string> => id.map((task) => `${scope}/${task}`)

export const scopeAnswers: fc.Arbitrary<ScopeAnswer> = id.chain((scope) =>
  fc.record({
    id: fc.constant(scope),
    status: fc.constantFrom(...scopeStatuses),
    epoch: number,
    head: number,
    cursor: number,
    more: fc.boolean(),
    listening: fc.nat({ max: 255 }),
    acks: fc.array(fc.constantFrom(...ackCodes), { maxLength: 50 }),
    items: fc.array(
      fc.record({
        doc: docOf(scope),
        seq: number,
        kind: fc.constantFrom(...itemKinds),
        update: bytes,
      }),
    ),
  }),
)

/** An answer that brings nothing. */
export const quiet: ScopeAnswer = {
  id: 'g:a',
  status: 'ok',
  epoch: 1,
  head: 0,
  cursor: 0,
  more: false,
  listening: 0,
  acks: [],
  items: [],
}

/** Decodes what may be anything; lets nothing but a FrameError out. */
export const outcome = (decode: (frame: Uint8Array) => unknown, frame: Uint8Array): unknown => {
  try {
    return decode(frame)
  } catch (error) {
    if (error instanceof FrameError) return error.code
    throw error
  }
}

export const startOfFrame = (version = syncVersion): encoding.Encoder => {
  const out = encoding.createEncoder()
  for (const byte of [0x4c, 0xf8, version]) encoding.writeUint8(out, byte)
  return out
}
