import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  createContentLibrary,
  fetchProgramme,
  storedProgramme,
} from '../../../src/client/state/programme.ts'
import {
  type ContentDatabase,
  openContentDatabase,
} from '../../../src/client/storage/content-database.ts'
import type { Outline, OutlineItem } from '../../../src/shared/domain/outline.ts'

const hash = (letter: string): string => letter.repeat(64)
const item = (nn: string, nb: string): OutlineItem =>
  ({ id: `p.m.${nn}`, text: { nn: hash(nn), nb: hash(nb) } }) as OutlineItem
const outlineOf = (...items: OutlineItem[]): Outline =>
  ({ stops: [], modules: [{ id: 'm', phases: [], items }], tracks: [] }) as unknown as Outline
const text = { blocks: [], cues: [], describedCues: [], chapters: [] }

const json = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })

let db: ContentDatabase
beforeEach(() => {
  db = openContentDatabase({ indexedDB: new IDBFactory(), IDBKeyRange })
})

/** A server that has every text, and counts what it is asked for. */
const server = () => {
  const asked: string[][] = []
  const fetcher = (async (_path: string, init: RequestInit) => {
    const { hashes } = JSON.parse(String(init.body)) as { hashes: string[] }
    asked.push(hashes)
    return json(Object.fromEntries(hashes.map((one) => [one, text])))
  }) as typeof fetch
  return { asked, fetcher }
}

describe('the texts of the programme', () => {
  it('come to the device in one request, in both languages, and are read there without a network', async () => {
    const { asked, fetcher } = server()
    const outline = outlineOf(item('a', 'b'), item('c', 'd'))
    const library = createContentLibrary(db, fetcher, outline)
    await library.fetchMissing()
    expect(asked).toEqual([[hash('a'), hash('b'), hash('c'), hash('d')]])
    expect(library.kept.value).toEqual({ texts: 4, of: 4 })
    expect(library.has(item('a', 'b'))).toBe(true)

    const offline = createContentLibrary(
      db,
      (() => Promise.reject(new TypeError('offline'))) as typeof fetch,
      outline,
    )
    expect(await offline.text(item('a', 'b'), 'nb')).toEqual(text)
  })

  it('are fetched again only where they changed, and those of the earlier version go', async () => {
    const { asked, fetcher } = server()
    await createContentLibrary(db, fetcher, outlineOf(item('a', 'b'))).fetchMissing()
    await createContentLibrary(db, fetcher, outlineOf(item('a', 'e'))).fetchMissing()
    expect(asked.at(-1)).toEqual([hash('e')])
    expect((await db.texts.keys()).toSorted()).toEqual([hash('a'), hash('e')])
  })

  it('are here for an item when both languages are, also when they came one by one', async () => {
    const library = createContentLibrary(
      db,
      server().fetcher,
      outlineOf(item('a', 'b'), item('c', 'd')),
    )
    await library.text(item('a', 'b'), 'nn')
    expect(library.has(item('a', 'b'))).toBe(false)
    await library.text(item('a', 'b'), 'nb')
    expect(library.has(item('a', 'b'))).toBe(true)
    expect(library.has(item('c', 'd'))).toBe(false)
    expect(library.kept.value).toEqual({ texts: 2, of: 4 })
  })

  it('are not there when the device has none and the network is gone', async () => {
    const library = createContentLibrary(
      db,
      (() => Promise.reject(new TypeError('offline'))) as typeof fetch,
      outlineOf(item('a', 'b')),
    )
    expect(await library.text(item('a', 'b'), 'nn')).toBeNull()
  })

  it('are not taken from a page that a captive portal sends', async () => {
    const portal = (async () =>
      new Response('<h1>Welcome to the ferry</h1>', {
        headers: { 'content-type': 'text/html' },
      })) as typeof fetch
    const library = createContentLibrary(db, portal, outlineOf(item('a', 'b')))
    await library.fetchMissing()
    expect(library.kept.value).toEqual({ texts: 0, of: 2 })
  })
})

describe('the guides of gatherings', () => {
  const activity = (nn: string, nb: string) => ({ guide: { nn: hash(nn), nb: hash(nb) } })
  const outline = {
    ...outlineOf(item('a', 'b')),
    stops: [
      { id: 'samling', kind: 'gathering' },
      { id: 'heime', kind: 'home' },
    ],
    gatherings: [
      { stop: 'samling', activities: [activity('c', 'd')] },
      { stop: 'heime', activities: [activity('e', 'f')] },
    ],
  } as unknown as Outline

  it('come to every device where no facilitator is in the room, and no others', async () => {
    const { asked, fetcher } = server()
    await createContentLibrary(db, fetcher, outline).fetchMissing()
    expect(asked.flat().sort()).toEqual(['a', 'b', 'e', 'f'].map(hash))
  })

  it('a facilitator brings them in one request, and a later version does not take them away', async () => {
    const { asked, fetcher } = server()
    const library = createContentLibrary(db, fetcher, outline)
    await library.bring([hash('c'), hash('d')])
    await library.bring([hash('c'), hash('d')])
    expect(asked).toEqual([[hash('c'), hash('d')]])
    await db.texts.put({ hash: hash('0'), text }) // of an earlier version
    await library.fetchMissing()
    expect((await db.texts.keys()).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map(hash))
  })
})

describe('the programme', () => {
  it('is remembered, and asked for by its hash the next time', async () => {
    const asked: unknown[] = []
    const fetcher = (async (_path: string, init: RequestInit) => {
      asked.push(init.headers)
      return asked.length === 1
        ? json({ hash: hash('f'), outline: outlineOf() })
        : new Response(null, { status: 304 })
    }) as typeof fetch
    await fetchProgramme(db, fetcher, null)
    expect((await storedProgramme(db))?.hash).toBe(hash('f'))
    expect(await fetchProgramme(db, fetcher, hash('f'))).toBeNull()
    expect(asked[1]).toEqual({ 'if-none-match': `"${hash('f')}"` })
  })
})
