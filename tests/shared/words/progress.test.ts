import { describe, expect, test } from 'vitest'
import { emptyPlain, type PlainDocument, type Scalar } from '../../../src/shared/words/plain.ts'
import { doneEntries, playedEntries, readProgress } from '../../../src/shared/words/progress.ts'

type Entries = (readonly [string, Scalar])[]
const added = (plain: PlainDocument, entries: Entries): PlainDocument => ({
  ...plain,
  scalars: { ...plain.scalars, ...Object.fromEntries(entries) },
})

const film = 'leiing/film-1'

describe('progress', () => {
  test('is the furthest of all devices, and the place to resume is the last one', () => {
    let plain = added(emptyPlain(), playedEntries(emptyPlain(), film, 'nettbrett', 120))
    plain = added(plain, playedEntries(plain, film, 'telefon', 40))
    expect(readProgress(plain)[film]).toEqual({ furthest: 120, resume: 40, done: false })
  })

  test('does not go back on the same device', () => {
    const plain = added(emptyPlain(), playedEntries(emptyPlain(), film, 'a', 90))
    expect(playedEntries(plain, film, 'a', 10)).toEqual([[`${film}/resume`, 10]])
  })

  test('done is odd: done, undone, done again', () => {
    let plain = emptyPlain()
    for (const done of [true, false, true]) {
      plain = added(plain, doneEntries(plain, film, 'a', done))
      expect(readProgress(plain)[film]?.done).toBe(done)
    }
    expect(plain.scalars).toEqual({ [`${film}/done/a`]: 3 })
  })

  test('what is so already writes nothing', () => {
    expect(doneEntries(emptyPlain(), film, 'a', false)).toEqual([])
  })

  test('a phone from a drawer undoes nothing', () => {
    // The phone saw the item done once (1); the tablet has undone it and done it again since (3).
    const drawer = added(emptyPlain(), doneEntries(emptyPlain(), film, 'telefon', true))
    let tablet = drawer
    for (const done of [false, true])
      tablet = added(tablet, doneEntries(tablet, film, 'nettbrett', done))
    tablet = added(tablet, playedEntries(tablet, film, 'nettbrett', 300))
    // Offline in the drawer it is undone there, and played from the beginning.
    let phone = added(drawer, doneEntries(drawer, film, 'telefon', false))
    phone = added(phone, playedEntries(phone, film, 'telefon', 5))

    const merged = added(tablet, Object.entries(phone.scalars))
    expect(readProgress(merged)[film]).toEqual({ furthest: 300, resume: 5, done: true })
  })

  test('values that are no numbers are passed over', () => {
    const scalars = { [`${film}/done/a`]: 'x', [`${film}/furthest/a`]: null, rart: 1, 'x/y/z': 2 }
    expect(readProgress({ texts: {}, scalars })).toEqual({})
  })
})
