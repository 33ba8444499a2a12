import { describe, expect, it } from 'vitest'
import {
  leftoversOf,
  mediaBytes,
  partsOf,
  sumOf,
  usedAtOf,
} from '../../../src/client/pages/device/parts.ts'
import type { KeepState, StoredFile } from '../../../src/client/state/services.ts'
import { makeLine } from '../../../src/shared/domain/line.ts'
import type { OutlineItem } from '../../../src/shared/domain/outline.ts'
import { allItems } from '../../../src/shared/domain/travel-order.ts'
import { film, item, outlineOf } from '../../shared/domain/sample-outline.ts'

const sized = (one: OutlineItem, size: number, described = 0): OutlineItem => {
  if (!one.media) throw new Error('a film has media')
  const { file } = one.media
  const version = { ...file, sha256: `${one.id}-described`, size: described }
  return {
    ...one,
    media: { ...one.media, file: { ...file, size }, described: described > 0 ? version : null },
  }
}
const a = sized(film('a', 5), 30, 10)
const b = sized(film('b', 5), 60)
const later = sized(film('later', 5, { stop: 'mid' }), 100)
const podcast = sized(film('podcast', 20, { kind: 'podcast' }), 15)
const deepPodcast = sized(film('deep-talk', 20, { kind: 'podcast', depth: 'fordjuping' }), 15)
const deep = sized(film('deep', 30, { depth: 'fordjuping' }), 200)
const others = sized(film('others', 5, { audiences: ['tenesteleiing'] }), 40)
const outline = outlineOf([item('article'), a, b, later, podcast, deepPodcast, deep, others])
const lineFor = (audience: string | null) =>
  makeLine({ outline, stops: [], audience, progress: {}, today: '2026-11-26' })
const parts = (states: Record<string, KeepState> = {}, audience = 'leiargruppe') =>
  partsOf(lineFor(audience), outline, states).map(({ key, items }) => [
    key,
    items.map(({ id }) => id).join(' '),
  ])
const stored = (sha256: string, more: Partial<StoredFile> = {}): StoredFile => ({
  sha256,
  bytes: 10,
  pinned: false,
  usedAt: null,
  ...more,
})

describe('the parts of what is kept', () => {
  it('hold every film and sound of the line once: by stop, podcasts and deepening by themselves', () => {
    expect(parts()).toEqual([
      ['stop pre', 'a b'],
      ['stop mid', 'later'],
      ['podcasts', 'podcast deep-talk'],
      ['deepening m', 'deep'],
    ])
  })

  it('have what was kept though it is not on this line, so that it can be freed', () => {
    expect(parts({ others: { kind: 'kept' }, f1: { kind: 'absent', bytes: 5 } })).toContainEqual([
      'other',
      'others',
    ])
  })

  it("are one for a politician's track", () => {
    expect(parts({}, 'folkevalde')).toEqual([['track', 'f1 f2']])
  })

  it('sum what is kept, with its described version, and not what came by watching', () => {
    const states: Record<string, KeepState> = {
      a: { kind: 'kept' },
      b: { kind: 'absent', bytes: 60 },
    }
    expect(sumOf([a, b], states)).toEqual({ kept: 1, bytes: 40, size: 100 })
  })
})

describe('what lies here after it was watched', () => {
  const items = allItems(outline)
  it('is what nobody chose to keep, an item with both its versions once, the longest unused first', () => {
    const files = [
      stored('b', { usedAt: 30 }),
      stored('a', { usedAt: 5 }),
      stored('a-described', { usedAt: 20, bytes: 3 }),
      stored('later', { pinned: true, usedAt: 1 }),
    ]
    expect(leftoversOf(files, items)).toEqual([
      { key: 'a', item: a, files: ['a', 'a-described'], bytes: 13, usedAt: 20 },
      { key: 'b', item: b, files: ['b'], bytes: 10, usedAt: 30 },
    ])
  })

  it('is also what no item has any more, even if it was chosen', () => {
    expect(leftoversOf([stored('gone', { pinned: true })], items)).toMatchObject([
      { item: null, files: ['gone'], bytes: 10 },
    ])
  })

  it('tells when an item was last played, by either version', () => {
    const files = [stored('a', { usedAt: 5 }), stored('a-described', { usedAt: 20 })]
    expect(usedAtOf(a, files)).toBe(20)
    expect(usedAtOf(b, files)).toBeNull()
  })
})

describe('all film and sound on the device', () => {
  it('counts what is kept, what came so far, and what no item has any more', () => {
    const states: Record<string, KeepState> = {
      a: { kind: 'kept' },
      'a-described': { kind: 'absent', bytes: 10 },
      b: { kind: 'loading', bytes: 20, of: 60 },
      gone: { kind: 'absent', bytes: 7 },
    }
    const files = [stored('a', { bytes: 30 }), stored('gone', { bytes: 7 })]
    expect(mediaBytes(states, allItems(outline), files)).toBe(40 + 20 + 7)
  })
})
