import type { OwnDocument } from '../../../shared/domain/own-data.ts'
import { documentStore } from '../../store/document-store.ts'
import { erasureStore } from '../../store/erasure-store.ts'
import { historyStore } from '../../store/history-store.ts'
import { membershipStore } from '../../store/membership-store.ts'
import type { Database } from '../../store/schema.ts'
import { type Writer, writerAmong } from '../../words/own-blocks.ts'

/** A document in which the person has written. */
export interface OwnPlace {
  kind: OwnDocument['kind'] & ('own' | 'group' | 'held')
  scope: string
  doc: string
  /** Name of the group. */
  group: string | null
  changedAt: number | null
  isOwnScope: boolean
}

export const placesWithWords = async (db: Database, person: string): Promise<OwnPlace[]> => {
  const own = new Set(await erasureStore.ownScopes(db, person))
  const scopes = new Set([...own, ...(await erasureStore.knownScopes(db, person))])
  const places: OwnPlace[] = []
  for (const scope of [...scopes].sort()) {
    const isOwnScope = own.has(scope)
    const group = isOwnScope ? null : await nameOfGroup(db, scope)
    const changedAt = await changesIn(db, scope, isOwnScope ? null : person)
    const held = await heldDocs(db, person, scope)
    for (const doc of await documentStore.docs(db, scope)) {
      const place = { scope, doc, group, isOwnScope }
      // A block may be the person's though others have given it back: each document of a group is looked at.
      const at = changedAt.get(doc) ?? null
      places.push({ ...place, kind: isOwnScope ? 'own' : 'group', changedAt: at })
      const heldAt = held.get(doc)
      if (heldAt !== undefined) places.push({ ...place, kind: 'held', changedAt: heldAt })
    }
  }
  return places
}

/** By which their blocks are known, among all who have written in the same scopes. */
export const writerOf = async (
  db: Database,
  person: string,
  places: readonly OwnPlace[],
): Promise<Writer> => {
  const rows = await db
    .selectFrom('held')
    .select(['person', 'device'])
    .distinct()
    .where('person', '=', person)
    .execute()
  for (const scope of new Set(places.map((place) => place.scope)))
    rows.push(...(await membershipStore.writersIn(db, scope)))
  return writerAmong(rows, person, (await erasureStore.nameOf(db, person)) ?? '')
}

export interface PlaceBytes {
  bytes: Uint8Array[]
  /** Those of them that hold nobody else's words. */
  alone: Uint8Array[]
}

/** Of a group that they have left, what they could read then. */
export const bytesFor = async (
  db: Database,
  person: string,
  { kind, scope, doc, isOwnScope }: OwnPlace,
): Promise<PlaceBytes> => {
  const parts = async () => (await documentStore.parts(db, scope, doc)).bytes
  if (isOwnScope && kind === 'own') {
    const bytes = await parts()
    return { bytes, alone: bytes }
  }
  const alone = kind === 'held' ? await membershipStore.heldIn(db, person, scope, doc) : []
  if (await membershipStore.isMember(db, scope, person))
    return { bytes: [...(await parts()), ...alone], alone }
  const last = await membershipStore.leftSeq(db, scope, person)
  const changes = await historyStore.changes(db, scope, doc, 0, last)
  return { bytes: [...changes.map(({ bytes }) => bytes), ...alone], alone }
}

const nameOfGroup = async (db: Database, scope: string): Promise<string | null> =>
  (
    await db
      .selectFrom('working_group')
      .select('name')
      .where('id', '=', scope.slice(2))
      .executeTakeFirst()
  )?.name ?? null

/** When each document of a scope was last changed, by anybody or by this person. */
const changesIn = async (
  db: Database,
  scope: string,
  person: string | null,
): Promise<Map<string, number>> => {
  const of = (table: 'update' | 'archive') => {
    const all = db
      .selectFrom(table)
      .select((e) => ['doc', e.fn.max('written_at').as('at')])
      .where('scope', '=', scope)
      .groupBy('doc')
    return (person === null ? all : all.where('person', '=', person)).execute()
  }
  const changedAt = new Map<string, number>()
  for (const { doc, at } of [...(await of('update')), ...(await of('archive'))])
    changedAt.set(doc, Math.max(changedAt.get(doc) ?? 0, Number(at)))
  return changedAt
}

const heldDocs = async (
  db: Database,
  person: string,
  scope: string,
): Promise<Map<string, number>> => {
  const rows = await db
    .selectFrom('held')
    .select((e) => ['doc', e.fn.max('written_at').as('at')])
    .where('scope', '=', scope)
    .where('person', '=', person)
    .groupBy('doc')
    .execute()
  return new Map(rows.map(({ doc, at }) => [doc, Number(at)]))
}
