import { agreedField } from '../words/agreed.ts'
import { type BlockLabel, blockLabelOf, blocksOf } from '../words/blocks.ts'
import type { PlainDocument } from '../words/plain.ts'
import { rowsOf } from '../words/rows.ts'
import type { Field } from './field.ts'
import { isGroupTask } from './line.ts'
import type { Outline, OutlineItem } from './outline.ts'

/** Whether both items belong to the same part of the programme. */
export const isSamePart = (outline: Outline, one: string, other: string): boolean =>
  outline.modules.some(
    ({ items }) => items.some(({ id }) => id === one) && items.some(({ id }) => id === other),
  )

/**
 * The group's sheets that lead up to an item: those of the same part at earlier stops, and at a gathering at home those of every
 * part. In the order of the line, the latest first.
 */
export const earlierSheets = (outline: Outline, item: OutlineItem): OutlineItem[] => {
  const stopOf = ({ stop }: OutlineItem): number => outline.stops.findIndex(({ id }) => id === stop)
  const here = stopOf(item)
  if (here === -1) return []
  const isHome = outline.stops[here]?.kind === 'home'
  return outline.modules
    .filter(({ items }) => isHome || items.some(({ id }) => id === item.id))
    .flatMap(({ items }) => items)
    .filter((one) => isGroupTask(one) && stopOf(one) !== -1 && stopOf(one) < here)
    .sort((a, b) => stopOf(b) - stopOf(a))
}

/** What a group has said to a question. */
export interface Said {
  field: Field
  /** They have agreed on a sentence, and it stands here alone. */
  agreed: boolean
  texts: { key: string; label: BlockLabel | null; text: string }[]
}

/** Per question of a group's sheet: what is agreed, else each writer's text. Questions without words are left out. */
export const saidIn = ({ fields }: Pick<OutlineItem, 'fields'>, plain: PlainDocument): Said[] =>
  fields
    .filter(({ sees }) => sees === 'group')
    .map((field): Said => {
      if (field.kind === 'table') return { field, agreed: false, texts: rowTexts(plain, field) }
      const agreed = textsOf(plain, agreedField(field.id))
      return agreed.length > 0
        ? { field, agreed: true, texts: agreed }
        : { field, agreed: false, texts: textsOf(plain, field.id) }
    })
    .filter(({ texts }) => texts.length > 0)

const textsOf = (plain: PlainDocument, field: string): Said['texts'] =>
  blocksOf(plain, field)
    .filter(({ text }) => text.trim() !== '')
    .map(({ block, label, text }) => ({ key: block, label, text }))

/** A row as one line, by whoever wrote in it first. */
const rowTexts = (plain: PlainDocument, field: Extract<Field, { kind: 'table' }>): Said['texts'] =>
  rowsOf(plain, field.id)
    .filter(({ hidden }) => !hidden)
    .map(({ row, cells }) => {
      const written = field.columns
        .flatMap(({ id }) => cells[id] ?? [])
        .filter(({ text }) => text.trim() !== '')
      const block = written[0]?.block ?? null
      return {
        key: row,
        label: block === null ? null : blockLabelOf(plain, block),
        text: written.map(({ text }) => text.trim()).join(' · '),
      }
    })
    .filter(({ text }) => text !== '')
