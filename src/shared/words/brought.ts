import { type BlockLabel, blockLabelOf } from './blocks.ts'
import type { PlainDocument } from './plain.ts'
import { cellRoot } from './roots.ts'
import { rowsOf } from './rows.ts'

// What members have brought from their own answers to their group: cards in one document of the group, which is shaped as a
// table. A card is a row with one column, and its writer is the block's, so that hiding and erasing work as in any table.

/** The task id of the group's document with what is brought. */
export const broughtTask = 'brought'
/** The table's id in that document. */
export const broughtTable = 'brought'
const textColumn = 'text'

export interface BroughtCard {
  row: string
  label: BlockLabel | null
  text: string
  from: BroughtFrom
}
/** The question that the card answers. */
export interface BroughtFrom {
  item: string
  field: string
}

/** One card for each device and question: bringing the answer again changes the card. */
export const broughtRow = (block: string, { item, field }: BroughtFrom): string =>
  `${block}.${item}.${field}`

export const broughtRoot = (block: string, row: string): string =>
  cellRoot(broughtTable, row, textColumn, block)

export const broughtFromKey = (row: string): string => `${broughtTable}/${row}/from`

/** One string, so that it is set whole or not at all. It names nobody: the block's label does. */
export const encodeBroughtFrom = ({ item, field }: BroughtFrom): string =>
  JSON.stringify({ item, field })

/** The cards that are not taken away again, oldest first. */
export const broughtOf = (plain: PlainDocument): BroughtCard[] =>
  rowsOf(plain, broughtTable).flatMap(({ row, cells, hidden }) => {
    const from = fromOf(plain, row)
    if (hidden || from === null) return []
    return (cells[textColumn] ?? [])
      .filter(({ text }) => text.trim() !== '')
      .map(({ block, text }) => ({
        row,
        label: block === null ? null : blockLabelOf(plain, block),
        text,
        from,
      }))
  })

const fromOf = (plain: PlainDocument, row: string): BroughtFrom | null => {
  const encoded = plain.scalars[broughtFromKey(row)]
  if (typeof encoded !== 'string') return null
  try {
    const { item, field } = JSON.parse(encoded) as Partial<BroughtFrom>
    return typeof item === 'string' && typeof field === 'string' ? { item, field } : null
  } catch {
    return null
  }
}
