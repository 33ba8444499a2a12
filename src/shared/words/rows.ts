import { fingerprint } from './fingerprint.ts'
import type { PlainDocument, Scalar } from './plain.ts'
import { partsOfRoot } from './roots.ts'

export interface CellText {
  /** Null in personal documents. */
  block: string | null
  text: string
}
export interface Row {
  row: string
  /** Fractional key; empty if only text of the row has arrived. */
  order: string
  /** By column id. */
  cells: Record<string, CellText[]>
  hidden: boolean
  /** Somebody hid the row, and text that they had not seen has brought it back. */
  returned: boolean
}

export const rowOrderKey = (field: string, row: string): string => `${field}/${row}/order`
export const rowHiddenKey = (field: string, row: string): string => `${field}/${row}/hidden`

/** A table's rows in order, hidden ones too: the caller leaves them out or offers them back. */
export const rowsOf = (plain: PlainDocument, field: string): Row[] => {
  const rows = new Map<string, Row>()
  const rowOf = (id: string): Row => {
    const row = rows.get(id) ?? { row: id, order: '', cells: {}, hidden: false, returned: false }
    rows.set(id, row)
    return row
  }
  for (const [key, value] of Object.entries(plain.scalars)) {
    const [name, id, what] = key.split('/')
    if (name === field && id && what === 'order' && typeof value === 'string')
      rowOf(id).order = value
  }
  for (const [root, text] of Object.entries(plain.texts)) {
    const parts = partsOfRoot(root)
    if (parts?.kind !== 'cell' || parts.field !== field) continue
    const { cells } = rowOf(parts.row)
    cells[parts.column] = [...(cells[parts.column] ?? []), { block: parts.block, text }]
  }
  for (const row of rows.values()) {
    const seen = plain.scalars[rowHiddenKey(field, row.row)]
    if (typeof seen !== 'string') continue
    row.hidden = seen === seenText(plain, field, row.row)
    row.returned = !row.hidden
  }
  return [...rows.values()].sort(
    (a, b) => compare(a.order || '~', b.order || '~') || compare(a.row, b.row),
  )
}

/**
 * The scalar that hides a row: a fingerprint of the text that the hider saw. Text written meanwhile on another device differs
 * from it and shows the row again, without a clock. Null shows it again on purpose.
 */
export const hiddenValue = (plain: PlainDocument, field: string, row: string): Scalar =>
  seenText(plain, field, row)

const seenText = (plain: PlainDocument, field: string, row: string): string => {
  const prefix = `f/${field}/${row}/`
  const cells = Object.entries(plain.texts).filter(
    ([root, text]) => root.startsWith(prefix) && text !== '',
  )
  const text = JSON.stringify(cells.sort(([a], [b]) => compare(a, b)))
  return fingerprint(text)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
