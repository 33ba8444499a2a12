import type { Cue } from '../../../shared/domain/article.ts'

/** Within this long of its start, a step back goes to the chapter before. Seconds. */
const graceSeconds = 3

/** Where the next chapter begins, or the one before; the beginning before the first, the place itself after the last. */
export const chapterFrom = (chapters: readonly Cue[], time: number, by: 1 | -1): number => {
  if (by > 0) return chapters.find(({ start }) => start > time + 0.1)?.start ?? time
  return chapters.findLast(({ start }) => start < time - graceSeconds)?.start ?? 0
}

/** The lines of each chapter with the number of the first; what is said before the first chapter has none. */
export const inChapters = (
  cues: readonly Cue[],
  chapters: readonly Cue[],
): { chapter: Cue | null; first: number; lines: readonly Cue[] }[] => {
  // Captions begin a little before the sound they belong to.
  const firsts = chapters.map(({ start }) => countBefore(cues, start - 0.5))
  const parts = chapters.map((chapter, at) => {
    const first = firsts[at] ?? 0
    return { chapter, first, lines: cues.slice(first, firsts[at + 1]) }
  })
  const before = cues.slice(0, firsts[0])
  return before.length === 0 ? parts : [{ chapter: null, first: 0, lines: before }, ...parts]
}

const countBefore = (cues: readonly Cue[], time: number): number => {
  const at = cues.findIndex(({ start }) => start >= time)
  return at < 0 ? cues.length : at
}
