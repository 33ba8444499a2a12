import { fieldsForSize } from '../../shared/domain/fields-for-size.ts'
import type { Language } from '../../shared/domain/languages.ts'
import type { Outline, OutlineItem } from '../../shared/domain/outline.ts'
import { paperOf } from '../../shared/domain/paper.ts'
import type { LocalText } from '../../shared/domain/text.ts'
import { handingInOf } from '../../shared/words/handing-in.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { documentId, groupScope } from '../../shared/words/scope.ts'
import { documentStore } from '../store/document-store.ts'
import type { Store } from '../store/store.ts'
import { handedInVersion } from '../words/handed-in.ts'
import type { Merging } from '../words/merging.ts'
import { paperTextsIn, planWordsIn } from './paper-texts.ts'
import type { PaperWriter } from './paper-thread.ts'
import type { FileKind, SheetPaper } from './sheet-paper.ts'

export const fileKinds = ['docx', 'pdf', 'csv'] as const satisfies readonly FileKind[]
export const fileTypes: Record<FileKind, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
}

export interface FileWish {
  group: string
  /** An item's id. */
  task: string
  kind: FileKind
  language: Language
  /** The version that the group has handed in; else the words as they are now. */
  handedIn: boolean
}
export interface SheetFile {
  name: string
  bytes: Uint8Array
}
/** `not-found`: no such sheet, or nothing is handed in. `unreadable`: the words cannot be built. */
export type FileFailure = 'not-found' | 'busy' | 'unreadable'

/** A group's sheet as a file. That whoever asks may read it has been seen to. */
export const makeSheetFile = async (
  deps: { store: Store; merging: Merging; now: () => number; write: PaperWriter },
  wish: FileWish,
): Promise<SheetFile | FileFailure> => {
  const place = await placeOf(deps.store, wish)
  if (!place) return 'not-found'
  const words = await (wish.handedIn ? handedIn(deps, wish) : current(deps, wish))
  if (typeof words === 'string') return words
  const { item, module, ...facts } = place
  const { language, kind } = wish
  const planWords = planWordsIn(paperTextsIn(language))
  const fields = fieldsForSize(item.fields, facts.size).filter(({ sees }) => sees === 'group')
  const paper: SheetPaper = {
    ...facts,
    title: item.title[language],
    summary: item.summary[language],
    programme: facts.programme[language],
    module: module?.[language] ?? null,
    language,
    ...words,
    isHandedIn: wish.handedIn,
    questions: paperOf(fields, words.plain, language, planWords),
    lying: fields.some((field) => field.kind === 'table' && field.columns.length > 4),
  }
  const bytes = await deps.write({ kind, paper })
  if (bytes === null) return 'busy'
  return { name: `${slugOf(`${paper.group} ${paper.title}`)}.${kind}`, bytes }
}

interface Words {
  plain: PlainDocument
  at: number
}

const current = async (
  { store, merging, now }: Parameters<typeof makeSheetFile>[0],
  { group, task }: FileWish,
): Promise<Words | FileFailure> => {
  const scope = groupScope(group)
  const { bytes } = await documentStore.parts(store.db, scope, documentId(scope, task))
  const read = await merging.read(bytes)
  if (read.kind === 'busy') return 'busy'
  if (read.kind === 'unfit') return 'unreadable'
  return { plain: read.plain, at: now() }
}

const handedIn = async (
  { store, merging }: Parameters<typeof makeSheetFile>[0],
  { group, task }: FileWish,
): Promise<Words | FileFailure> => {
  const scope = groupScope(group)
  const version = await handedInVersion(store, scope, documentId(scope, task), merging)
  if (!version) return 'not-found'
  if (typeof version === 'string') return version
  return { plain: version.words, at: handingInOf(version.words)?.at ?? 0 }
}

interface Place {
  item: OutlineItem
  module: LocalText | null
  group: string
  municipality: string | null
  size: 'S' | 'M' | 'L' | null
  cohort: string
  programme: LocalText
}

const placeOf = async ({ db }: Store, { group, task }: FileWish): Promise<Place | null> => {
  const row = await db
    .selectFrom('working_group')
    .innerJoin('cohort', 'cohort.id', 'working_group.cohort')
    .innerJoin('package_version', (join) =>
      join
        .onRef('package_version.id', '=', 'cohort.package')
        .onRef('package_version.version', '=', 'cohort.version'),
    )
    .leftJoin('municipality', 'municipality.number', 'working_group.municipality')
    .where('working_group.id', '=', group)
    .select(['working_group.name as group', 'municipality.name as municipality', 'size'])
    .select(['cohort.name as cohort', 'outline'])
    .executeTakeFirst()
  if (!row) return null
  const { outline: json, ...told } = row
  const outline = JSON.parse(json) as Outline
  for (const { title, items } of outline.modules) {
    const item = items.find(({ id }) => id === task)
    if (item?.kind === 'task') return { ...told, item, module: title, programme: outline.title }
  }
  return null
}

/** Letters that every system's file names hold. */
const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('å', 'a')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100)
