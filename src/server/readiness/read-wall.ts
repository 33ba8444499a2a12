import type { Language } from '../../shared/domain/languages.ts'
import { isGroupTask } from '../../shared/domain/line.ts'
import { paperOf } from '../../shared/domain/paper.ts'
import type { Wall } from '../../shared/domain/wall.ts'
import { handedInKey, handingInOf } from '../../shared/words/handing-in.ts'
import { documentId, groupScope } from '../../shared/words/scope.ts'
import { paperTextsIn, planWordsIn } from '../papers/paper-texts.ts'
import { outlineOfCohort } from '../people/gatherings.ts'
import { documentStore } from '../store/document-store.ts'
import type { Store } from '../store/store.ts'
import { handedInVersion } from '../words/handed-in.ts'
import type { Merging } from '../words/merging.ts'

/** The sheets of one kind that the groups of a cohort have handed in, as they were then. Null if there is no such cohort or sheet. */
export const readWall = async (
  deps: { store: Store; merging: Merging },
  {
    cohort,
    item: wanted,
    language,
  }: { cohort: string; item?: string | undefined; language: Language },
): Promise<Wall | null | 'busy'> => {
  const { db } = deps.store
  const outline = await outlineOfCohort(db, cohort)
  const named = await db
    .selectFrom('cohort')
    .select('name')
    .where('id', '=', cohort)
    .executeTakeFirst()
  if (!outline || !named) return null
  const order = new Map(outline.stops.map(({ id }, index) => [id, index]))
  const sheets = outline.modules
    .flatMap(({ items }) => items)
    .filter(isGroupTask)
    .toSorted((a, b) => (order.get(a.stop ?? '') ?? 99) - (order.get(b.stop ?? '') ?? 99))
  const rows = await db
    .selectFrom('working_group')
    .select(['id', 'name', 'stop'])
    .where('cohort', '=', cohort)
    .orderBy('name')
    .execute()

  const handedIn = new Map<string, Set<string>>()
  for (const { id } of rows) {
    for (const sheet of sheets) {
      const isIn = await isHandedIn(deps, id, sheet.id)
      if (isIn === 'busy') return 'busy'
      if (isIn) handedIn.set(sheet.id, (handedIn.get(sheet.id) ?? new Set()).add(id))
    }
  }
  const item =
    sheets.find(({ id }) => (wanted ? id === wanted : handedIn.has(id))) ??
    (wanted ? undefined : sheets[0])
  if (!item) return null
  const fields = item.fields.filter(({ sees }) => sees === 'group')
  const words = planWordsIn(paperTextsIn(language))
  const groups: Wall['groups'] = []
  for (const { id, name, stop } of rows) {
    if (stop !== null && stop !== item.stop) continue
    const scope = groupScope(id)
    const version = handedIn.get(item.id)?.has(id)
      ? await handedInVersion(deps.store, scope, documentId(scope, item.id), deps.merging)
      : null
    if (version === 'busy') return 'busy'
    if (version === 'unreadable') {
      groups.push({ id, name, handedInAt: null, isUnreadable: true, answers: [] })
      continue
    }
    groups.push({
      id,
      name,
      isUnreadable: false,
      handedInAt: version ? (handingInOf(version.words)?.at ?? 0) : null,
      answers: version
        ? paperOf(fields, version.words, language, words)
            .slice(0, fields.length)
            .map(({ answer }) => answer)
        : [],
    })
  }
  return {
    cohort: { id: cohort, name: named.name },
    item: { id: item.id, title: item.title },
    items: sheets.map(({ id, title }) => ({ id, title, handedIn: handedIn.get(id)?.size ?? 0 })),
    questions: fields.map(({ label }) => label[language]),
    groups,
  }
}

/** What nobody should build may be handed in: whoever looks is told that it cannot be shown. */
const isHandedIn = async (
  { store, merging }: { store: Store; merging: Merging },
  group: string,
  task: string,
): Promise<boolean | 'busy'> => {
  const scope = groupScope(group)
  const { bytes } = await documentStore.parts(store.db, scope, documentId(scope, task))
  if (bytes.length === 0) return false
  const read = await merging.read(bytes)
  if (read.kind === 'busy') return 'busy'
  return read.kind === 'unfit' || typeof read.plain.scalars[handedInKey] === 'string'
}
