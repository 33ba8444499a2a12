import { expect, test } from 'vitest'
import { chapterFrom, inChapters } from '../../../../src/client/components/player/chapters.ts'

const cue = (start: number, end: number, text: string) => ({ start, end, text })
const chapters = [cue(0, 20, 'Først'), cue(20, 40, 'Så'), cue(40, 60, 'Sist')]

test('the next chapter; after the last one stays', () => {
  expect(chapterFrom(chapters, 0, 1)).toBe(20)
  expect(chapterFrom(chapters, 20, 1)).toBe(40)
  expect(chapterFrom(chapters, 45, 1)).toBe(45)
})

test('back to the beginning of the chapter, and right after it to the one before', () => {
  expect(chapterFrom(chapters, 30, -1)).toBe(20)
  expect(chapterFrom(chapters, 22, -1)).toBe(0)
  expect(chapterFrom(chapters, 1, -1)).toBe(0)
})

test('each chapter has its lines, numbered through', () => {
  const lines = [cue(1, 3, 'A'), cue(19.8, 22, 'B'), cue(25, 30, 'C'), cue(41, 44, 'D')]
  expect(inChapters(lines, chapters)).toEqual([
    { chapter: chapters[0], first: 0, lines: [lines[0]] },
    { chapter: chapters[1], first: 1, lines: [lines[1], lines[2]] },
    { chapter: chapters[2], first: 3, lines: [lines[3]] },
  ])
})

test('what is said before the first chapter stands without one, and so does a sound without chapters', () => {
  const lines = [cue(1, 3, 'A'), cue(25, 30, 'C')]
  expect(inChapters(lines, chapters.slice(1))).toMatchObject([
    { chapter: null, first: 0, lines: [lines[0]] },
    { first: 1, lines: [lines[1]] },
    { first: 2, lines: [] },
  ])
  expect(inChapters(lines, [])).toEqual([{ chapter: null, first: 0, lines }])
})
