import { describe, expect, it, vi } from 'vitest'
import { chunkCacheName, chunkKeys, wholeCacheName } from '../../src/shared/media/chunk-cache.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { answerMedia } from '../../src/sw/media.ts'
import { parseRange } from '../../src/sw/range.ts'
import { storedMedia } from '../../src/sw/stored-media.ts'
import { memoryCaches, quotaExceeded } from '../memory-caches.ts'
import { askedPiece, hashOf, putFilm, serveFilms, testFilm } from '../test-film.ts'

describe('a Range header', () => {
  it.each([
    ['bytes=0-1', { first: 0, last: 1 }],
    ['bytes=5-', { first: 5, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-30', { first: 0, last: 9 }],
    ['bytes=8-99', { first: 8, last: 9 }],
    ['bytes=9-9', { first: 9, last: 9 }],
  ])('%s of ten bytes names the bytes', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range)
  })

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0', 'bytes=4-2', 'bytes=-', 'bytes=a-b'])(
    '%s of ten bytes cannot be satisfied',
    (header) => {
      expect(parseRange(header, 10)).toBe('unsatisfiable')
    },
  )

  it.each([null, '', 'bytes=0-1,3-4', 'chapters=1-2'])('%s is served whole', (header) => {
    expect(parseRange(header, 10)).toBeNull()
  })
})

const film = testFilm(10, 4)
const noNetwork = (): never => {
  throw new TypeError('Failed to fetch')
}

type Answers = (address: string, init?: RequestInit) => Promise<Response> | Response

const setUp = (answers: Answers = noNetwork) => {
  const memory = memoryCaches()
  const asked: string[] = []
  const told: number[] = []
  const freed: string[] = []
  const room = { quota: 1e12 }
  const fetcher = (async (address: RequestInfo | URL, init?: RequestInit) => {
    const path = address instanceof Request ? new URL(address.url).pathname : String(address)
    const range = new Headers(init?.headers).get('range')
    asked.push(range ? `${path} ${range}` : path)
    return answers(path, init)
  }) as typeof fetch
  const media = storedMedia({
    caches: memory.caches,
    fetch: fetcher,
    digest: async (bytes) => hashOf(bytes),
    now: () => 1e12,
    estimate: async () => ({ usage: 0, quota: room.quota }),
    kept: (_sha256, index) => told.push(index),
    freed: () => freed.push('freed'),
  })
  const ask = (range?: string, method = 'GET', one = film): Promise<Response> => {
    const headers = range ? { range } : undefined
    const request = new Request(`http://localhost${paths.media(one.sha256)}`, {
      method,
      ...(headers && { headers }),
    })
    return answerMedia(request, one.sha256, media, fetcher)
  }
  const chunks = (one = film) =>
    memory.paths(chunkCacheName).filter((path) => path.startsWith(`/media/${one.sha256}/chunks/`))
  return { memory, asked, told, freed, room, media, ask, chunks }
}
const bytesOf = async (answer: Response): Promise<number[]> => [
  ...new Uint8Array(await answer.arrayBuffer()),
]

describe('a film on the device', () => {
  const kept = async () => {
    const all = setUp()
    await putFilm(all.memory, film, { pinned: true })
    all.memory.matched.length = 0
    return all
  }

  it.each([
    ['bytes=0-1', [0, 1]],
    ['bytes=7-', [7, 8, 9]],
    ['bytes=-3', [7, 8, 9]],
    ['bytes=3-4', [3, 4]],
    ['bytes=2-9', [2, 3, 4, 5, 6, 7, 8, 9]],
    ['bytes=0-', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['bytes=4-7', [4, 5, 6, 7]],
  ] as const)('answers %s with those bytes alone', async (range, bytes) => {
    const answer = await (await kept()).ask(range)
    expect(answer.status).toBe(206)
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'content-length': String(bytes.length),
      'content-range': `bytes ${bytes[0]}-${bytes.at(-1)}/10`,
    })
    expect(await bytesOf(answer)).toEqual(bytes)
  })

  it.each([undefined, 'bytes=0-1,3-4'])('is given whole for the range %s', async (range) => {
    const answer = await (await kept()).ask(range)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-length')).toBe('10')
    expect(await bytesOf(answer)).toEqual([...film.bytes])
  })

  it('says 416 with the size when a seek is beyond its end', async () => {
    const answer = await (await kept()).ask('bytes=10-')
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe('bytes */10')
  })

  it('tells its size without a byte when that is all that is asked', async () => {
    const answer = await (await kept()).ask(undefined, 'HEAD')
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '10'])
    expect(answer.body).toBeNull()
  })

  it('is read only where it is played', async () => {
    const { ask, memory } = await kept()
    await bytesOf(await ask('bytes=8-'))
    const read = memory.matched.filter((path) => path.includes('/chunks/'))
    expect(read).toEqual([chunkKeys.chunk(film.sha256, 2)])
  })

  it('is read no faster than it is taken', async () => {
    const long = testFilm(40, 4)
    const { ask, memory } = setUp()
    await putFilm(memory, long)
    memory.matched.length = 0
    const reader = (await ask('bytes=0-', 'GET', long)).body?.getReader()
    await reader?.read()
    const read = memory.matched.filter((path) => path.includes('/chunks/'))
    expect(read).toHaveLength(2) // the one that is read, and the next
    await reader?.cancel()
  })

  it('is stamped with the time when it is played, but not for each of its ranges', async () => {
    const { ask, memory } = await kept()
    const puts: string[] = []
    memory.refuse = (path) => {
      puts.push(path)
      return null
    }
    for (const range of ['bytes=0-1', 'bytes=4-', 'bytes=8-']) await bytesOf(await ask(range))
    expect(puts).toEqual([chunkKeys.used(film.sha256)])
    expect(await memory.json(chunkCacheName, chunkKeys.used(film.sha256))).toBe(1e12)
  })
})

describe('a cache that was deleted', () => {
  it('is opened anew before a film is said to be missing', async () => {
    const { memory, ask } = setUp()
    await putFilm(memory, testFilm(4, 4, 50))
    await expect(ask('bytes=0-1')).rejects.toThrow('Failed to fetch')
    await memory.caches.delete(chunkCacheName)
    await putFilm(memory, film)
    expect(await bytesOf(await ask('bytes=3-4'))).toEqual([3, 4])
  })
})

describe('a film that is not on the device', () => {
  it('comes piece by piece from the network, and what was played stays', async () => {
    const { ask, asked, told, chunks } = setUp((...request) => serveFilms([film], ...request))
    expect(await bytesOf(await ask('bytes=5-'))).toEqual([5, 6, 7, 8, 9])
    expect(asked).toEqual([
      paths.manifest(film.sha256),
      `${paths.media(film.sha256)} bytes=4-7`,
      `${paths.media(film.sha256)} bytes=8-9`,
    ])
    await vi.waitFor(() => expect(told).toEqual([1, 2]))
    expect(chunks()).toHaveLength(2)
    asked.length = 0
    expect(await bytesOf(await ask('bytes=6-'))).toEqual([6, 7, 8, 9])
    expect(asked).toEqual([])
  })

  it('is fetched once by two who want the same piece', async () => {
    const { ask, asked } = setUp((...request) => serveFilms([film], ...request))
    await bytesOf(await ask('bytes=0-0'))
    asked.length = 0
    const answers = await Promise.all([ask('bytes=4-5'), ask('bytes=6-7')])
    expect(await Promise.all(answers.map(bytesOf))).toEqual([
      [4, 5],
      [6, 7],
    ])
    expect(asked).toHaveLength(1)
  })

  it('is not fetched further when nobody wants it any more', async () => {
    const aborted: boolean[] = []
    const { ask, asked } = setUp((address, init) => {
      if (address === paths.manifest(film.sha256) || askedPiece(film, init) === 0) {
        return serveFilms([film], address, init)
      }
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => {
          aborted.push(true)
          reject(new DOMException('gone', 'AbortError'))
        })
      })
    })
    const reader = (await ask('bytes=0-')).body?.getReader()
    await reader?.read()
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    await reader?.cancel()
    await vi.waitFor(() => expect(aborted).toEqual([true]))
  })

  const spoilt = (times: number): Answers => {
    let left = times
    return (address, init) => {
      const answer = serveFilms([film], address, init)
      if (answer.status !== 206 || left-- <= 0) return answer
      return new Response('spoi', { status: 206, headers: answer.headers })
    }
  }

  it('is fetched once more when a piece has the wrong bytes', async () => {
    const { ask, asked } = setUp(spoilt(1))
    expect(await bytesOf(await ask('bytes=0-3'))).toEqual([0, 1, 2, 3])
    expect(asked).toHaveLength(3) // the manifest, and the piece twice
  })

  it('never plays a piece that has the wrong bytes twice, and does not keep it', async () => {
    const { ask, chunks } = setUp(spoilt(2))
    await expect(ask('bytes=0-3')).rejects.toThrow('damaged')
    expect(chunks()).toEqual([])
  })

  it('breaks off where a later piece is damaged', async () => {
    const { ask } = setUp((address, init) =>
      askedPiece(film, init) === 1
        ? new Response('spoi', { status: 206, headers: { 'content-range': 'bytes 4-7/10' } })
        : serveFilms([film], address, init),
    )
    const reader = (await ask('bytes=0-')).body?.getReader()
    expect((await reader?.read())?.value).toEqual(film.chunk(0))
    await expect(reader?.read()).rejects.toThrow('damaged')
  })

  it.each([
    ['a sign-in page', () => new Response('<h1>Log in to the train</h1>')],
    ['nothing found', () => new Response('{}', { status: 404 })],
    ['a refusal', () => new Response('{}', { status: 403 })],
    [
      'another range',
      () => new Response('0123', { status: 206, headers: { 'content-range': 'bytes 4-7/10' } }),
    ],
    [
      'too little',
      () => new Response('012', { status: 206, headers: { 'content-range': 'bytes 0-3/10' } }),
    ],
    [
      'too much',
      () => new Response('01234', { status: 206, headers: { 'content-range': 'bytes 0-3/10' } }),
    ],
  ])('is not taken for what else comes: %s', async (_name, answer) => {
    const { ask, chunks } = setUp((address, init) =>
      address === paths.manifest(film.sha256) ? serveFilms([film], address, init) : answer(),
    )
    await expect(ask('bytes=0-3')).rejects.toThrow('media')
    expect(chunks()).toEqual([])
  })

  it('is answered as the server does when nothing is known of its pieces', async () => {
    const { ask } = setUp((address) =>
      address === paths.manifest(film.sha256)
        ? new Response('<h1>old</h1>', { headers: { 'content-type': 'text/html' } })
        : new Response('film', { status: 200, headers: { etag: '"x"' } }),
    )
    const answer = await ask()
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([
      200,
      '"x"',
      'film',
    ])
  })

  it('is an error without network', async () => {
    await expect(setUp().ask('bytes=0-1')).rejects.toThrow('Failed to fetch')
  })
})

describe('a manifest that was wrong', () => {
  /** The page has got another, and pieces of another length. */
  const anew = testFilm(10, 5)
  const replaced = async () => {
    const all = setUp()
    await putFilm(all.memory, film)
    await all.ask('bytes=0-1')
    const cache = await all.memory.caches.open(chunkCacheName)
    for (const path of all.memory.paths(chunkCacheName)) await cache.delete(path)
    await putFilm(all.memory, anew)
    return all
  }

  it('is not gone by any more once the page has told so', async () => {
    const { ask, media } = await replaced()
    media.forget(film.sha256)
    expect(await bytesOf(await ask('bytes=5-9'))).toEqual([5, 6, 7, 8, 9])
  })

  it('breaks the request that meets a piece of another length, and the next is right', async () => {
    const { ask } = await replaced()
    await expect(ask('bytes=5-9')).rejects.toThrow('another length')
    expect(await bytesOf(await ask('bytes=5-9'))).toEqual([5, 6, 7, 8, 9])
  })
})

describe('a full disk', () => {
  const watched = [testFilm(8, 4, 50), testFilm(8, 4, 100)] as const
  const pinned = testFilm(8, 4, 150)
  const full = async (isFull: (chunks: number) => boolean) => {
    const all = setUp((...request) => serveFilms([film], ...request))
    await putFilm(all.memory, watched[0], { used: 2000 })
    await putFilm(all.memory, watched[1], { used: 1000 })
    await putFilm(all.memory, pinned, { pinned: true, used: 1 })
    all.memory.refuse = (path) => {
      const there = all.memory.paths(chunkCacheName).filter((one) => one.includes('/chunks/'))
      return path.includes('/chunks/') && isFull(there.length) ? quotaExceeded() : null
    }
    return all
  }

  it('makes room by what was watched longest ago, tells so, and never by what somebody keeps', async () => {
    const { ask, told, freed, chunks } = await full((there) => there > 4)
    expect(await bytesOf(await ask('bytes=0-3'))).toEqual([0, 1, 2, 3])
    await vi.waitFor(() => expect(told).toEqual([0]))
    await vi.waitFor(() => expect(freed).toEqual(['freed']))
    expect(chunks(watched[1])).toEqual([])
    expect(chunks(watched[0])).toHaveLength(2)
    expect(chunks(pinned)).toHaveLength(2)
  })

  it('stops no film from playing', async () => {
    const { ask, chunks } = await full(() => true)
    expect(await bytesOf(await ask())).toEqual([...film.bytes])
    await vi.waitFor(() => expect(chunks(watched[0])).toEqual([]))
    expect(chunks()).toEqual([])
    expect(chunks(pinned)).toHaveLength(2)
  })

  it('leaves room to the words', async () => {
    const { ask, chunks, room } = await full(() => false)
    room.quota = 19_000_000
    expect(await bytesOf(await ask())).toEqual([...film.bytes])
    await vi.waitFor(() => expect(chunks(watched[0])).toEqual([]))
    expect(chunks()).toEqual([])
    expect(chunks(pinned)).toHaveLength(2)
  })
})

describe('a film that an earlier release kept whole', () => {
  it('plays and seeks without network', async () => {
    const { ask, memory } = setUp()
    await memory.put(wholeCacheName, paths.media(film.sha256), film.bytes)
    const answer = await ask('bytes=3-5')
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe('bytes 3-5/10')
    expect(await bytesOf(answer)).toEqual([3, 4, 5])
    expect((await ask('bytes=10-')).status).toBe(416)
    expect(await bytesOf(await ask())).toEqual([...film.bytes])
  })
})
