import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyUpdates,
  createDocument,
  onLocalUpdate,
  plainOfUpdates,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import type { HistoryEntry } from '../../../src/shared/words/replay.ts'
import { versionsOf } from '../../../src/shared/words/versions.ts'
import { play, roots, steps } from './random-history.ts'

const root = 'f/mål'
const minute = 60_000

/** A server's history, and writers that have all that is in it. */
const kept = () => {
  const history: HistoryEntry[] = []
  const docs = new Map<string, ReturnType<typeof createDocument>>()
  let now = 0
  const docOf = (author: string) => {
    const known = docs.get(author)
    if (known !== undefined) return known
    const doc = createDocument(history.map((entry) => entry.update))
    docs.set(author, doc)
    onLocalUpdate(doc, (update) => {
      history.push({ seq: history.length + 1, at: now, author, update })
      for (const other of docs.values()) if (other !== doc) applyUpdates(other, [update])
    })
    return doc
  }
  return {
    history,
    write: (author: string, minutes: number, text: string, into = root) => {
      now = minutes * minute
      writeText(docOf(author), into, text)
    },
    choose: (author: string, minutes: number) => {
      now = minutes * minute
      writeScalars(docOf(author), [['val', `${minutes}`]])
    },
  }
}
const texts = (history: HistoryEntry[]) => versionsOf(history, root).map(({ text }) => text)

describe('earlier versions', () => {
  test('are the texts with author and time, newest first', () => {
    const { history, write } = kept()
    write('kari', 0, 'Først')
    write('ola', 1, 'Først og sist')
    expect(versionsOf(history, root)).toEqual([
      { seq: 2, at: minute, author: 'ola', text: 'Først og sist' },
      { seq: 1, at: 0, author: 'kari', text: 'Først' },
    ])
  })

  test('hold what one person wrote in one go as one version', () => {
    const { history, write } = kept()
    write('kari', 0, 'a')
    write('kari', 9, 'ab')
    write('kari', 18, 'abc')
    write('kari', 28, 'abcd')
    expect(texts(history)).toEqual(['abcd', 'abc'])
  })

  test('leave out what changed something else', () => {
    const { history, write, choose } = kept()
    write('kari', 0, 'her')
    write('ola', 20, 'der', 'f/anna')
    choose('ola', 40)
    write('kari', 5, 'her!')
    expect(texts(history)).toEqual(['her!'])
    expect(versionsOf(history, 'f/ingen')).toEqual([])
  })

  const long = 'Dette brukte eg heile formiddagen på å skrive, og no er det borte.'

  test('hold a text that its own writer deleted a moment later', () => {
    const { history, write } = kept()
    write('kari', 0, long.slice(0, 30))
    write('kari', 1, long)
    write('kari', 2, '')
    write('kari', 3, 'Nytt')
    expect(texts(history)).toEqual(['Nytt', long])
  })

  test('hold a short text that was deleted whole, at once or letter by letter', () => {
    const { history, write } = kept()
    write('kari', 0, 'Rapporten')
    write('kari', 1, '')
    write('kari', 2, 'Møtet')
    for (const left of ['Møte', 'Mø', 'M', '']) write('kari', 3, left)
    expect(texts(history)).toEqual(['', 'Møtet', 'Rapporten'])
  })

  test('hold a text that was deleted letter by letter', () => {
    const { history, write } = kept()
    write('kari', 0, long)
    for (let end = long.length; end > 0; end -= 5) write('kari', 1, long.slice(0, end - 5))
    expect(texts(history)).toContain(long)
    expect(texts(history).length).toBeLessThanOrEqual(3)
  })

  test('hold a text in whose place another was put', () => {
    const { history, write } = kept()
    write('kari', 0, long)
    write('kari', 1, 'Noko heilt anna, som er vel så langt som det som stod her før, og meir til.')
    expect(texts(history)[1]).toBe(long)
  })

  test('hold the text as it was right before much was deleted', () => {
    const { history, write } = kept()
    write('kari', 0, long)
    write('kari', 1, long.replace('heile formiddagen', 'i går'))
    write('kari', 2, '')
    expect(texts(history)).toEqual(['', long.replace('heile formiddagen', 'i går')])
  })

  test('hold no slip of the finger', () => {
    const { history, write } = kept()
    write('kari', 0, 'Eit ors')
    write('kari', 1, 'Eit or')
    write('kari', 2, 'Eit ord')
    expect(texts(history)).toEqual(['Eit ord'])
  })

  test('can be seen although some updates cannot be read', () => {
    const { history, write } = kept()
    write('kari', 0, 'heil')
    write('ola', 20, 'heil og fin')
    const broken = { at: 0, author: 'x', update: Uint8Array.of(9, 9, 9) }
    expect(texts([{ seq: 0, ...broken }, ...history, { seq: 9, ...broken }])).toEqual([
      'heil og fin',
      'heil',
    ])
  })

  test('show what came too early when that on which it builds has come', () => {
    const { history, write } = kept()
    write('kari', 0, 'ein')
    write('ola', 20, 'ein to')
    expect(versionsOf([...history].reverse(), root)).toEqual([
      { seq: 1, at: 0, author: 'kari', text: 'ein to' },
    ])
  })

  test('begin with the text as it is, whatever happened', () => {
    fc.assert(
      fc.property(steps(3), fc.array(fc.nat(30), { minLength: 30 }), (script, pauses) => {
        const { updates } = play(script, 3)
        let at = 0
        const history = updates.map((update, index) => {
          at += (pauses[index] ?? 0) * minute
          return { seq: index + 1, at, author: `${index % 2}`, update }
        })
        for (const some of roots) {
          const versions = versionsOf(history, some)
          expect(versions[0]?.text ?? '').toBe(plainOfUpdates(updates).texts[some] ?? '')
          const seqs = versions.map(({ seq }) => seq)
          expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
        }
      }),
    )
  })
})
