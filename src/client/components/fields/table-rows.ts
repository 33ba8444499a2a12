import { orderBetween } from '../../../shared/words/order.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'
import { type Row, rowsOf } from '../../../shared/words/rows.ts'

/** The rows a table shows: what is written, then the blank ones that stand ready. */
export const shownRows = (
  plain: PlainDocument,
  field: string,
  blanks: readonly string[],
): Row[] => {
  const stored = rowsOf(plain, field)
  const ids = new Set(stored.map(({ row }) => row))
  const blank = (row: string): Row => ({
    row,
    order: '',
    cells: {},
    hidden: false,
    returned: false,
  })
  return [
    ...stored.filter(({ hidden }) => !hidden),
    ...blanks.filter((id) => !ids.has(id)).map(blank),
  ]
}

/**
 * The places (order keys) that make a blank row real: its own, and those of the blank rows before it, so that no row jumps
 * when the third is filled in first.
 */
export const placesFor = (rows: readonly Row[], id: string): [row: string, order: string][] => {
  const until = rows.findIndex(({ row }) => row === id)
  const places: [string, string][] = []
  let last = rows.findLast(({ order }) => order !== '')?.order ?? null
  for (const { row, order } of rows.slice(0, until + 1)) {
    if (order !== '') continue
    last = orderBetween(last, null)
    places.push([row, last])
  }
  return places
}
