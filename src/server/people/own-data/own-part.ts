import type { Field } from '../../../shared/domain/field.ts'
import type { OwnAnswer } from '../../../shared/domain/own-data.ts'
import type { LocalText } from '../../../shared/domain/text.ts'
import { questionOf } from '../../../shared/words/agreed.ts'
import type { PlainDocument, Scalar } from '../../../shared/words/plain.ts'
import { partsOfRoot } from '../../../shared/words/roots.ts'
import { rowOrderKey, rowsOf } from '../../../shared/words/rows.ts'

/** The field of one's own note, in every item. */
const noteField = 'notat'

/** Of a group's document what stands in the person's own blocks, with their labels and the order of table rows. */
export const ownPart = (
  { texts, scalars }: PlainDocument,
  isOwn: (block: string) => boolean,
): PlainDocument => {
  const own: PlainDocument = { texts: {}, scalars: {} }
  const keep = (key: string): void => {
    const value = scalars[key]
    if (value !== undefined) own.scalars[key] = value
  }
  for (const [root, text] of Object.entries(texts)) {
    const parts = partsOfRoot(root)
    if (!parts?.block || !isOwn(parts.block)) continue
    own.texts[root] = text
    if (parts.kind === 'cell') keep(rowOrderKey(parts.field, parts.row))
  }
  for (const key of Object.keys(scalars)) {
    const [, block, ...rest] = key.split('/')
    if (block && rest.length === 0 && isOwn(block)) keep(key)
  }
  return own
}

/** Whether there is anything but labels. */
export const isEmptyPart = ({ texts, scalars }: PlainDocument): boolean =>
  Object.keys(texts).length === 0 &&
  Object.entries(scalars).every(([key, value]) => value === null || key.startsWith('block/'))

/** The words of a document as answers to its item's questions; what the programme has no more comes without its question. */
export const answersIn = (
  plain: PlainDocument,
  fields: readonly Field[],
  isGroups: boolean,
): OwnAnswer[] => {
  const answers: OwnAnswer[] = []
  const questionIn = (id: string): LocalText | null =>
    fields.find((field) => field.id === id)?.label ?? null
  const head = (field: string, block: string | null) => ({
    field,
    question: questionIn(field),
    fromGroup: !isGroups && block !== null,
  })
  const tables = new Set<string>()
  for (const [root, text] of Object.entries(plain.texts)) {
    const parts = partsOfRoot(root)
    if (parts?.kind === 'cell') tables.add(parts.field)
    if (parts?.kind !== 'field') continue
    const field = questionOf(parts.field)
    const isNote = field === noteField && questionIn(field) === null
    const kind = parts.field !== field ? 'agreed' : isNote ? 'note' : 'text'
    answers.push({ ...head(field, parts.block), kind, text })
  }
  for (const id of tables)
    answers.push({ ...head(id, null), kind: 'table', rows: rowsIn(plain, id, fields) })
  for (const [key, value] of Object.entries(plain.scalars)) {
    const [field = '', block, ...rest] = key.split('/')
    if (value === null || rest.length > 0 || isOfTheForm(field, tables, block)) continue
    const options = chosenIn(
      fields.find(({ id }) => id === field),
      value,
    )
    answers.push({
      ...head(field, block ?? null),
      kind: 'choice',
      value,
      ...(options && { chosen: options }),
    })
  }
  const rank = (id: string): number => {
    const at = fields.findIndex((field) => field.id === id)
    return at < 0 ? fields.length : at
  }
  return answers.sort((a, b) => rank(a.field) - rank(b.field))
}

/** Not an answer: who has which block, and which handing in is the newest. */
const isOfTheForm = (field: string, tables: ReadonlySet<string>, block?: string): boolean =>
  field === 'block' || field === 'handed-in' || (tables.has(field) && block !== undefined)

const rowsIn = (
  plain: PlainDocument,
  id: string,
  fields: readonly Field[],
): NonNullable<OwnAnswer['rows']> => {
  const table = fields.find((field) => field.id === id)
  const columns = table?.kind === 'table' ? table.columns : []
  return rowsOf(plain, id).map(({ cells, hidden }) => ({
    removed: hidden,
    cells: [...new Set([...columns.map((column) => column.id), ...Object.keys(cells)])].flatMap(
      (column) =>
        (cells[column] ?? []).map(({ text }) => ({
          column,
          label: columns.find((one) => one.id === column)?.label ?? null,
          text,
        })),
    ),
  }))
}

/** The labels of what is chosen; undefined where the field has none. */
const chosenIn = (field: Field | undefined, value: Scalar): LocalText[] | undefined => {
  if (!field || !('options' in field)) return undefined
  const ids = Array.isArray(value) ? value : [String(value)]
  return ids.flatMap((id) => field.options.find((option) => option.id === id)?.label ?? [])
}
