import type { Splice } from '../../../shared/words/text-splice.ts'

/** Where a caret stands after somebody else's splice: words typed before it push it on, words after it leave it. */
export const caretAfter = (caret: number, { at, remove, insert }: Splice): number => {
  if (caret <= at) return caret
  if (caret >= at + remove) return caret - remove + insert.length
  return at + Math.min(caret - at, insert.length)
}
