import { blockLabelOf } from '../../../shared/words/blocks.ts'
import type { CellText } from '../../../shared/words/rows.ts'
import type { Answering } from './answering.ts'
import { writerName } from './seal.tsx'

/** The names of the others who have written in a row; empty if there are none. */
export const othersIn = (
  { document, block }: Pick<Answering, 'document' | 'block'>,
  cells: Record<string, CellText[]>,
): string => {
  const others = Object.values(cells)
    .flat()
    .filter((cell) => cell.text !== '' && cell.block !== null && cell.block !== block)
    .map((cell) => writerName(blockLabelOf(document.plain.peek(), cell.block ?? '')))
  return [...new Set(others)].join(', ')
}
