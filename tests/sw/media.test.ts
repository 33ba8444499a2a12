import { describe, expect, it } from 'vitest'
import { answerFromFile } from '../../src/sw/media.ts'
import { parseRange } from '../../src/sw/range.ts'

describe('a Range header', () => {
  it.each([
    ['bytes=0-1', { first: 0, last: 1 }],
    ['bytes=5-', { first: 5, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-30', { first: 0, last: 9 }],
    ['bytes=8-99', { first: 8, last: 9 }],
  ])('%s of ten bytes names the bytes', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range)
  })

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])(
    '%s of ten bytes cannot be satisfied',
    (header) => {
      expect(parseRange(header, 10)).toBe('unsatisfiable')
    },
  )

  it.each([null, '', 'bytes=-', 'bytes=4-2', 'bytes=0-1,3-4', 'chapters=1-2', 'bytes=a-b'])(
    '%s is served whole',
    (header) => {
      expect(parseRange(header, 10)).toBeNull()
    },
  )
})

describe('a kept film', () => {
  const film = (): Response =>
    new Response(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), {
      headers: { 'content-type': 'video/mp4' },
    })
  const ask = (range?: string): Promise<Response> =>
    answerFromFile(
      new Request('http://localhost/media/a', range ? { headers: { range } } : {}),
      film(),
    )

  it('gives exactly the two bytes that a player asks for first', async () => {
    const answer = await ask('bytes=0-1')
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe('bytes 0-1/10')
    expect(answer.headers.get('content-type')).toBe('video/mp4')
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 1])
  })

  it('gives the rest from a seek on', async () => {
    const answer = await ask('bytes=7-')
    expect(answer.headers.get('content-range')).toBe('bytes 7-9/10')
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([7, 8, 9])
  })

  it('says 416 with the size when a seek is beyond its end', async () => {
    const answer = await ask('bytes=10-')
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe('bytes */10')
  })

  it('is given whole without a range, and says that ranges are understood', async () => {
    const answer = await ask()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('accept-ranges')).toBe('bytes')
    expect((await answer.arrayBuffer()).byteLength).toBe(10)
  })
})
