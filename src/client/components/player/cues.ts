import type { Cue } from '../../../shared/domain/article.ts'

/** The cue that is spoken at a time; −1 in a pause. Cues are in order of time. */
export const cueAt = (cues: readonly Cue[], time: number): number => {
  const index = lastStartedAt(cues, time)
  return index >= 0 && time < (cues[index]?.end ?? 0) ? index : -1
}

/** The newest cue that has begun, also in the pause after it; −1 before the first. */
export const lastStartedAt = (cues: readonly Cue[], time: number): number => {
  let low = 0
  let high = cues.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cues[middle]?.start ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * The same place in another version of the film. The described file says the same sentences with pauses between them: sentences
 * that both have are fixed points, and between two of them time runs evenly.
 */
export const sameMoment = (
  time: number,
  from: readonly Cue[],
  to: readonly Cue[],
  toEnd: number,
): number => {
  const points = fixedPoints(from, to)
  const next = points.findIndex((point) => point.from > time)
  const before = next < 0 ? points.at(-1) : points[next - 1]
  const after = next < 0 ? undefined : points[next]
  if (!before) return after ? Math.min(time, after.to) : Math.min(time, toEnd)
  const passed = time - before.from
  if (!after) return Math.min(before.to + passed, toEnd)
  const share = passed / (after.from - before.from)
  return before.to + share * (after.to - before.to)
}

/** Starts and ends of the sentences that stand in both, in order. */
const fixedPoints = (from: readonly Cue[], to: readonly Cue[]): { from: number; to: number }[] => {
  const points: { from: number; to: number }[] = []
  let at = 0
  for (const cue of from) {
    const found = to.findIndex((other, index) => index >= at && other.text === cue.text)
    const same = to[found]
    if (!same) continue
    at = found + 1
    // A sentence that begins where the one before it ends: in the other version there may be a pause between them.
    if (points.at(-1)?.from === cue.start) points.pop()
    points.push({ from: cue.start, to: same.start }, { from: cue.end, to: same.end })
  }
  return points.filter((point, index) => index === 0 || point.from > (points[index - 1]?.from ?? 0))
}
