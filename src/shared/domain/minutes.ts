import type { Block, Inline } from './article.ts'

const wordsPerMinute = 180
/** A pause to look at a drawing, or to turn to the next heading. */
const pauseSeconds = 20

/** Honest reading time: never rounded down, and at least one minute. */
export const readingMinutes = (blocks: readonly Block[]): number => {
  const words = blocks.reduce((sum, block) => sum + wordsIn(block), 0)
  const pauses = blocks.filter(({ kind }) => kind === 'heading' || kind === 'drawing').length
  return Math.max(1, Math.ceil(words / wordsPerMinute + (pauses * pauseSeconds) / 60))
}

/** The minutes that a film or sound is shown with. */
export const mediaMinutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60))

/** The editor's declared minutes may differ from the real duration by one minute. */
export const mediaMinutesAgree = (declared: number, seconds: number): boolean =>
  Math.abs(declared - seconds / 60) <= 1

const wordsIn = (block: Block): number => {
  switch (block.kind) {
    case 'paragraph':
      return inlineWords(block.inlines)
    case 'list':
    case 'steps':
      return block.items.reduce((sum, item) => sum + inlineWords(item), 0)
    case 'note':
      return block.blocks.reduce((sum, inner) => sum + wordsIn(inner), countWords(block.heading))
    case 'drawing':
      return countWords(block.caption)
    case 'heading':
    case 'quote':
      return countWords(block.text)
  }
}

const inlineWords = (inlines: readonly Inline[]): number =>
  countWords(inlines.map(({ text }) => text).join(''))

const countWords = (text: string): number => text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0
