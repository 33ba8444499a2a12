import { expect, test } from 'vitest'
import { shownVersions } from '../../../src/client/pages/versions/shown-versions.ts'
import type { EarlierVersion } from '../../../src/client/state/earlier-versions.ts'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import { emptyPlain, type PlainDocument } from '../../../src/shared/words/plain.ts'

const version = (root: string, text: string, at: number, author = 'Kari'): EarlierVersion => ({
  root,
  text,
  at,
  author,
})
const all = (): boolean => true

test('versions of several texts stand in one row, the newest first, and only those asked for', () => {
  const versions = [
    version('f/a', 'to', 20),
    version('f/a', 'éin', 10),
    version('f/b', 'anna', 15),
    version('f/c', 'ikkje spurt', 30),
  ]
  const shown = shownVersions(versions, emptyPlain(), (root) => root !== 'f/c')
  expect(shown.map(({ text }) => text)).toEqual(['to', 'anna', 'éin'])
})

test('only the newest of a text can be how it stands now', () => {
  const plain: PlainDocument = { texts: { 'f/a': 'same' }, scalars: {} }
  const same = [version('f/a', 'same', 30), version('f/a', 'anna', 20), version('f/a', 'same', 10)]
  expect(shownVersions(same, plain, all).map(({ isNow }) => isNow)).toEqual([true, false, false])
  // Words that are not sent yet are newer than all of them.
  plain.texts['f/a'] = 'same, og meir'
  expect(shownVersions(same, plain, all).some(({ isNow }) => isNow)).toBe(false)
})

test('a deleted text is among them, and stands so now', () => {
  const versions = [version('f/a', '', 20), version('f/a', 'borte', 10)]
  expect(shownVersions(versions, emptyPlain(), all)).toMatchObject([
    { text: '', isNow: true },
    { text: 'borte', isNow: false },
  ])
})

test('in a group each version has its writer, an emptied block too, and says who corrected it', () => {
  const label = (name: string, role: string | null) =>
    encodeBlockLabel({ label: name, role, at: 1 })
  const plain: PlainDocument = {
    texts: { 'f/a/b1': 'no' },
    scalars: {
      [blockLabelKey('b1')]: label('Kari', null),
      [blockLabelKey('b2')]: label('HR', 'hr'),
    },
  }
  const shown = shownVersions(
    [
      version('f/a/b1', 'no', 30, 'Ola'),
      version('f/a/b2', 'borte', 20, 'Leiargruppa'),
      version('f/a/b1', 'før', 10),
      version('f/a.agreed/b1', 'samde', 5),
    ],
    plain,
    all,
  )
  expect(shown.map(({ writer, correctedBy }) => [writer?.label, correctedBy])).toEqual([
    ['Kari', 'Ola'],
    ['HR', null], // a role at a shared tablet
    ['Kari', null],
    ['Kari', null],
  ])
  expect(shown.map(({ index }) => index)).toEqual([0, 1, 0, 0])
  expect(shown.map(({ isAgreed }) => isAgreed)).toEqual([false, false, false, true])
})
