import type { Field } from '../../../shared/domain/field.ts'
import type { Outline, OutlineItem } from '../../../shared/domain/outline.ts'
import type { LocalText } from '../../../shared/domain/text.ts'
import { questionOf } from '../../../shared/words/agreed.ts'
import { broughtTask } from '../../../shared/words/brought.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'
import { partsOfRoot } from '../../../shared/words/roots.ts'
import { rowsOf } from '../../../shared/words/rows.ts'
import { isGroupScope, progressTask } from '../../../shared/words/scope.ts'
import { answerText } from '../../components/fields/answer-text.ts'
import type { StoredDocument } from '../../state/words.ts'
import { noteField } from '../item/own-note.ts'

/** One answer, or all of the cells of a table. */
export interface WrittenAnswer {
  field: string
  /** Null when the field is gone from the programme; the words stay. */
  label: LocalText | null
  isNote: boolean
  /** Written for a group that this person has left: a copy in their own document. */
  fromGroup: boolean
  text: string
}
/** What somebody has written in one item. */
export interface WrittenEntry {
  document: string
  /** Null when the item is gone from the programme. */
  item: OutlineItem | null
  shared: boolean
  changedAt: number
  unsent: boolean
  answers: WrittenAnswer[]
}
export interface WrittenSection {
  /** Null for items that are gone. */
  title: LocalText | null
  entries: WrittenEntry[]
}

export interface WrittenInput {
  documents: readonly StoredDocument[]
  outline: Outline
  /** Blocks of groups that were made on this device. */
  isOwnBlock(block: string): boolean
  inLanguage(text: LocalText): string
}

/** Everything somebody has written, by module in the order of travel; what is gone from the programme comes last. */
export const writtenSections = (input: WrittenInput): WrittenSection[] => {
  const { modules, tracks } = input.outline
  const entries = input.documents
    // What is brought to the group stands among the own answers already.
    .filter(({ task }) => task !== progressTask && task !== broughtTask)
    .map((document) => entryOf(document, input))
    .filter(({ answers }) => answers.length > 0)
  const sections: WrittenSection[] = [...modules, ...tracks].map(({ title, items }) => ({
    title,
    entries: items.flatMap(({ id }) => entries.filter(({ item }) => item?.id === id)),
  }))
  sections.push({ title: null, entries: entries.filter(({ item }) => item === null) })
  return sections.filter((section) => section.entries.length > 0)
}

/** The newest first, sections and entries alike. */
export const newestFirst = (sections: readonly WrittenSection[]): WrittenSection[] => {
  const newest = ({ entries }: WrittenSection): number =>
    Math.max(...entries.map(({ changedAt }) => changedAt))
  return sections
    .map((section) => ({
      ...section,
      entries: section.entries.toSorted((a, b) => b.changedAt - a.changedAt),
    }))
    .sort((a, b) => newest(b) - newest(a))
}

/** Those in which all of the words stand, in any order and any case. */
export const searched = (
  sections: readonly WrittenSection[],
  words: string,
  inLanguage: (text: LocalText) => string,
): WrittenSection[] => {
  const wanted = words.toLocaleLowerCase('nb').split(/\s+/).filter(Boolean)
  const holds = ({ item, answers }: WrittenEntry): boolean => {
    const texts = answers.flatMap(({ label, text }) => [label ? inLanguage(label) : '', text])
    const all = [item ? inLanguage(item.title) : '', ...texts].join('\n').toLocaleLowerCase('nb')
    return wanted.every((word) => all.includes(word))
  }
  return sections
    .map((section) => ({ ...section, entries: section.entries.filter(holds) }))
    .filter(({ entries }) => entries.length > 0)
}

const entryOf = (document: StoredDocument, input: WrittenInput): WrittenEntry => {
  const { modules, tracks } = input.outline
  const item =
    [...modules, ...tracks].flatMap(({ items }) => items).find(({ id }) => id === document.task) ??
    null
  const shared = isGroupScope(document.scope)
  return {
    document: document.id,
    item,
    shared,
    changedAt: document.changedAt,
    unsent: document.unsent,
    answers: answersIn(document.plain, item?.fields ?? [], {
      shared,
      isOwn: (block) => !shared || (block !== null && input.isOwnBlock(block)),
      inLanguage: input.inLanguage,
    }),
  }
}

const answersIn = (
  plain: PlainDocument,
  fields: readonly Field[],
  {
    shared,
    isOwn,
    inLanguage,
  }: {
    shared: boolean
    isOwn(block: string | null): boolean
    inLanguage(text: LocalText): string
  },
): WrittenAnswer[] => {
  const found = new Map<string, { field: string; fromGroup: boolean; texts: string[] }>()
  const add = (field: string, block: string | null, text: string): void => {
    if (text.trim() === '') return
    const fromGroup = !shared && block !== null
    const key = `${field} ${fromGroup}`
    const answer = found.get(key) ?? { field, fromGroup, texts: [] }
    answer.texts.push(text)
    found.set(key, answer)
  }
  for (const [root, text] of Object.entries(plain.texts)) {
    const parts = partsOfRoot(root)
    if (parts?.kind === 'field' && isOwn(parts.block))
      add(questionOf(parts.field), parts.block, text)
  }
  for (const id of tablesIn(plain)) {
    const table = fields.find((field) => field.kind === 'table' && field.id === id)
    for (const isCopy of [false, true]) {
      const isShown = (block: string | null): boolean =>
        isOwn(block) && (!shared && block !== null) === isCopy
      for (const line of tableLines(plain, id, table, isShown)) add(id, isCopy ? '' : null, line)
    }
  }
  for (const field of fields) {
    if (field.kind === 'table') continue
    for (const [key, value] of Object.entries(plain.scalars)) {
      const block = blockOf(key, field.id)
      if (block !== undefined && isOwn(block))
        add(field.id, block, answerText(field, value, inLanguage))
    }
  }
  const order = [...fields.map(({ id }) => id), noteField]
  return [...found.values()]
    .map(({ field: id, fromGroup, texts }) => ({
      field: id,
      label: fields.find((field) => field.id === id)?.label ?? null,
      isNote: id === noteField && !fields.some((field) => field.id === noteField),
      fromGroup,
      text: texts.join('\n'),
    }))
    .sort((a, b) => rank(order, a.field) - rank(order, b.field))
}

const tablesIn = (plain: PlainDocument): Set<string> =>
  new Set(
    Object.keys(plain.texts).flatMap((root) => {
      const parts = partsOfRoot(root)
      return parts?.kind === 'cell' ? [parts.field] : []
    }),
  )

/** A line for each row, its cells in the order of the columns; rows that were removed are left out. */
const tableLines = (
  plain: PlainDocument,
  id: string,
  table: Field | undefined,
  isOwn: (block: string | null) => boolean,
): string[] => {
  const columns = table?.kind === 'table' ? table.columns.map((column) => column.id) : []
  return rowsOf(plain, id)
    .filter(({ hidden }) => !hidden)
    .map(({ cells }) =>
      Object.keys(cells)
        .toSorted((a, b) => rank(columns, a) - rank(columns, b))
        .flatMap((column) => cells[column]?.filter(({ block }) => isOwn(block)) ?? [])
        .map(({ text }) => text.trim())
        .filter((text) => text !== '')
        .join(' · '),
    )
}

/** The block of a field's scalar; null in a personal document, undefined if the key is not the field's. */
const blockOf = (key: string, field: string): string | null | undefined => {
  const [name, block, ...rest] = key.split('/')
  return name === field && rest.length === 0 ? (block ?? null) : undefined
}

const rank = (order: readonly string[], id: string): number => {
  const at = order.indexOf(id)
  return at < 0 ? order.length : at
}
