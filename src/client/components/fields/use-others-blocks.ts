import { useRef } from 'preact/hooks'
import { type Block, blocksOf } from '../../../shared/words/blocks.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'

/**
 * The blocks of other writers. One that is emptied during the visit keeps its place: it is still being edited, and whoever
 * emptied it can write in it again.
 */
export const useOthersBlocks = (plain: PlainDocument, field: string, own: string): Block[] => {
  const seen = useRef(new Map<string, Block>())
  for (const block of blocksOf(plain, field)) seen.current.set(`${field}/${block.block}`, block)
  return [...seen.current]
    .filter(([key, { block }]) => key === `${field}/${block}` && block !== own)
    .map(([key, block]) => ({ ...block, text: plain.texts[`f/${key}`] ?? '' }))
}
