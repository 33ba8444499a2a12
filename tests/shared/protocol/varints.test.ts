import fc from 'fast-check'
import * as libDecoding from 'lib0/decoding'
import * as libEncoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as ours from '../../../src/shared/protocol/varints.ts'

const safe = fc.maxSafeNat()
const both = <T>(
  value: T,
  write: [(out: ours.Encoder, value: T) => void, (out: libEncoding.Encoder, value: T) => void],
): [Uint8Array, Uint8Array] => {
  const [mine, theirs] = [ours.createEncoder(), libEncoding.createEncoder()]
  write[0](mine, value)
  write[1](theirs, value)
  return [ours.toUint8Array(mine), libEncoding.toUint8Array(theirs)]
}

describe('the same bytes as lib0, and read alike', () => {
  test('natural numbers', () => {
    fc.assert(
      fc.property(fc.oneof(safe, fc.nat(300)), (value) => {
        const [mine, theirs] = both(value, [ours.writeVarUint, libEncoding.writeVarUint])
        expect(mine).toEqual(theirs)
        expect(ours.readVarUint(ours.createDecoder(theirs))).toBe(value)
      }),
    )
  })
  test('integers', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -200, max: 200 })), (value) => {
        const [mine, theirs] = both(value, [ours.writeVarInt, libEncoding.writeVarInt])
        expect(mine).toEqual(theirs)
        expect(ours.readVarInt(ours.createDecoder(theirs)) === value).toBe(true)
      }),
    )
  })
  test('strings and byte arrays', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array({ maxLength: 900 }),
        (text, bytes) => {
          const [mine, theirs] = both(text, [ours.writeVarString, libEncoding.writeVarString])
          expect(mine).toEqual(theirs)
          expect(ours.readVarString(ours.createDecoder(theirs))).toBe(text)
          const [own, lib] = both(bytes, [ours.writeVarUint8Array, libEncoding.writeVarUint8Array])
          expect(own).toEqual(lib)
          expect(ours.readVarUint8Array(ours.createDecoder(lib))).toEqual(bytes)
        },
      ),
    )
  })
})

test('what lib0 refuses to read is refused, too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      const readers = [
        [ours.readVarUint, libDecoding.readVarUint],
        [ours.readVarString, libDecoding.readVarString],
        [ours.readVarUint8Array, libDecoding.readVarUint8Array],
      ] as const
      for (const [mine, theirs] of readers) {
        const outcome = (read: () => unknown): unknown => {
          try {
            return read()
          } catch {
            return 'refused'
          }
        }
        expect(outcome(() => mine(ours.createDecoder(bytes)))).toEqual(
          outcome(() => theirs(libDecoding.createDecoder(bytes))),
        )
      }
    }),
  )
})
