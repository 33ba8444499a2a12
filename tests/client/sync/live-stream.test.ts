import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventReader, type ServerEvent } from '../../../src/client/sync/live-stream.ts'

const readChunks = (chunks: readonly Uint8Array[]): ServerEvent[] => {
  const events: ServerEvent[] = []
  const read = createEventReader((event) => events.push(event))
  for (const chunk of chunks) read(chunk)
  return events
}
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const readText = (text: string): ServerEvent[] => readChunks([bytesOf(text)])

test.each([
  ['an event', 'event: words\ndata: abc\n\n', [{ event: 'words', data: 'abc' }]],
  ['no name', 'data: abc\n\n', [{ event: 'message', data: 'abc' }]],
  ['two lines of data', 'data: a\ndata: b\n\n', [{ event: 'message', data: 'a\nb' }]],
  ['no blank after the colon', 'data:a\n\n', [{ event: 'message', data: 'a' }]],
  ['only the first blank goes', 'data:  a\n\n', [{ event: 'message', data: ' a' }]],
  ['a colon in the data', 'data: a:b\n\n', [{ event: 'message', data: 'a:b' }]],
  ['a field without a colon', 'data\n\n', [{ event: 'message', data: '' }]],
  ['comments', ':\n\n: hei\ndata: a\n:\n\n', [{ event: 'message', data: 'a' }]],
  ['fields of others', 'id: 1\nretry: 3\ndata: a\n\n', [{ event: 'message', data: 'a' }]],
  ['no data, no event', 'event: words\n\ndata: a\n\n', [{ event: 'message', data: 'a' }]],
  ['what is broken off', 'data: a\n\ndata: b\n', [{ event: 'message', data: 'a' }]],
  ['a byte order mark', '\uFEFFdata: a\n\n', [{ event: 'message', data: 'a' }]],
] as const)('%s', (_, text, events) => {
  expect(readText(text)).toEqual(events)
})

test.each(['\n', '\r', '\r\n'])('lines may end with %j', (end) => {
  const text = ['event: a', 'data: 1', 'data: 2', '', ':', 'data: 3', '', ''].join(end)
  expect(readText(text)).toEqual([
    { event: 'a', data: '1\n2' },
    { event: 'message', data: '3' },
  ])
})

test('chunks may be cut anywhere: in a character, between CR and LF, in a comment', () => {
  const line = fc.oneof(
    fc.constantFrom('data: æøå 👩‍👩‍👧', 'event: words', ':', ': hei', '', '', 'id: 1', 'data'),
    fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
  )
  const streams = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 30 })
  fc.assert(
    fc.property(streams, fc.array(fc.nat({ max: 1000 })), (lines, cuts) => {
      const bytes = bytesOf(lines.flat().join(''))
      const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length]
      const sorted = places.toSorted((a, b) => a - b)
      const chunks = sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end))
      const whole = readChunks([bytes])
      expect(readChunks(chunks)).toEqual(whole)
      expect(readChunks(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole)
    }),
    { numRuns: 300 },
  )
})

test('a stream that never ends a line is not kept in memory', () => {
  const chunk = bytesOf('x'.repeat(300_000))
  expect(() => readChunks([chunk, chunk, chunk, chunk])).toThrow('no stream of ours')
})

test('nor one that never ends an event', () => {
  const chunk = bytesOf(`data: ${'x'.repeat(300_000)}\n`)
  expect(() => readChunks([chunk, chunk, chunk, chunk])).toThrow('no stream of ours')
})
