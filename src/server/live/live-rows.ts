import { inlineBytes, type PresentDevice } from '../../shared/protocol/event-frames.ts'
import { listChunks, prepared, rowChunks, type SlotMaker } from '../store/prepared.ts'
import type { Database } from '../store/schema.ts'
import type { LiveUpdate } from './what-to-tell.ts'

/** Which of these scopes each session may read now; one that has ended, or whose person is erased, is missing. */
export const rightsOf = async (
  db: Database,
  sessions: readonly string[],
  scopes: readonly string[],
  now: number,
): Promise<Map<string, Set<string>>> => {
  const rights = new Map<string, Set<string>>()
  const wanted = new Set(scopes)
  for (const hashes of listChunks([...new Set(sessions)])) {
    for (const { hash, scope } of await selectRights(db, { list: hashes, now }, hashes.length)) {
      const held = rights.get(hash) ?? new Set()
      if (scope !== null && wanted.has(scope)) held.add(scope)
      rights.set(hash, held)
    }
  }
  return rights
}

interface AskedNow {
  list: readonly string[]
  now: number
}
const listSlots = (slot: SlotMaker<AskedNow>, count: number): string[] =>
  Array.from({ length: count }, (_, index) => slot(({ list }) => list[index] ?? ''))

const selectRights = prepared<AskedNow, { hash: string; scope: string | null }>((db, slot, count) =>
  db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person')
    .leftJoin('tablet', 'tablet.person', 'session.person')
    .leftJoin('membership', 'membership.person', 'session.person')
    .where('session.hash', 'in', listSlots(slot, count))
    .where(
      'session.expires_at',
      '>',
      slot(({ now }) => now),
    )
    .where('session.ended_at', 'is', null)
    .where('person.erased_at', 'is', null)
    // A tablet whose time is over is told nothing more.
    .where('tablet.ended_at', 'is', null)
    .where((e) =>
      e.or([
        e('tablet.person', 'is', null),
        e(
          'tablet.expires_at',
          '>',
          slot(({ now }) => now),
        ),
      ]),
    )
    .select(['session.hash', 'membership.scope']),
)

export const isMember = async (db: Database, scope: string, person: string): Promise<boolean> =>
  (await db
    .selectFrom('membership')
    .select('scope')
    .where('scope', '=', scope)
    .where('person', '=', person)
    .executeTakeFirst()) !== undefined

export interface Head {
  id: string
  epoch: number
  head: number
  status: 'ok' | 'gone'
}

export const headsOf = async (db: Database, scopes: readonly string[]): Promise<Head[]> => {
  const heads: Head[] = []
  for (const ids of listChunks(scopes)) {
    const rows = await db.selectFrom('scope').selectAll().where('id', 'in', ids).execute()
    for (const row of rows) {
      heads.push({ ...row, epoch: Number(row.epoch), head: Number(row.head) })
    }
  }
  return heads
}

/** The updates after `from` up to `head` that are in no snapshot yet. Bytes that no event holds are not read. */
export const updatesBetween = async (
  db: Database,
  scope: string,
  from: number,
  head: number,
): Promise<LiveUpdate[]> => {
  const rows = await db
    .selectFrom('update')
    .where('scope', '=', scope)
    .where('seq', '>', from)
    .where('seq', '<=', head)
    .orderBy('seq')
    .select(['seq', 'doc', 'device'])
    .select((e) =>
      e.case().when('size', '<=', inlineBytes).then(e.ref('bytes')).else(null).end().as('bytes'),
    )
    .execute()
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}

export interface ScopePresence {
  present: PresentDevice[]
  /** Devices that follow the scope. */
  following: Set<string>
}

/** Who is where now; scopes without anybody are missing. */
export const presenceIn = async (
  db: Database,
  scopes: readonly string[],
  now: number,
): Promise<Map<string, ScopePresence>> => {
  const byScope = new Map<string, ScopePresence>()
  for (const ids of listChunks(scopes)) {
    for (const { scope, ...row } of await selectPresence(db, { list: ids, now }, ids.length)) {
      const presence = byScope.get(scope) ?? { present: [], following: new Set() }
      byScope.set(scope, presence)
      if (row.doc === '') presence.following.add(row.device)
      else presence.present.push(row)
    }
  }
  return byScope
}

const selectPresence = prepared<AskedNow, PresentDevice & { scope: string }>((db, slot, count) =>
  db
    .selectFrom('presence')
    .select(['scope', 'device', 'doc', 'label', 'role'])
    .where('scope', 'in', listSlots(slot, count))
    .where(
      'expires_at',
      '>',
      slot(({ now }) => now),
    )
    .orderBy('scope')
    .orderBy('device'),
)

interface PresenceRow extends PresentDevice {
  scope: string
}

export const writePresence = async (
  db: Database,
  rows: readonly PresenceRow[],
  expiresAt: number,
): Promise<void> => {
  // Two connections of one device would be the same row twice in one statement, which PostgreSQL refuses.
  const byKey = new Map(rows.map((row) => [`${row.scope} ${row.device} ${row.doc}`, row]))
  for (const part of rowChunks([...byKey.values()])) {
    await db
      .insertInto('presence')
      .values(part.map((row) => ({ ...row, expires_at: expiresAt })))
      .onConflict((conflict) =>
        conflict.columns(['scope', 'device', 'doc']).doUpdateSet((e) => ({
          label: e.ref('excluded.label'),
          role: e.ref('excluded.role'),
          expires_at: e.ref('excluded.expires_at'),
        })),
      )
      .execute()
  }
}

/** The row by which a connection tells the other nodes that its device follows a scope. */
export const followingRow = (scope: string, device: string): PresenceRow => ({
  scope,
  device,
  doc: '',
  label: '',
  role: null,
})

export const endFollowing = async (
  db: Database,
  device: string,
  scopes: readonly string[],
): Promise<void> => {
  for (const ids of listChunks(scopes)) {
    await db
      .deleteFrom('presence')
      .where('scope', 'in', ids)
      .where('device', '=', device)
      .where('doc', '=', '')
      .execute()
  }
}

/** Ends what a device says of other documents than this one; null = of all. */
export const endPresence = async (
  db: Database,
  scope: string,
  device: string,
  exceptDoc: string | null,
): Promise<void> => {
  const kept = exceptDoc === null ? [''] : ['', exceptDoc]
  await db
    .deleteFrom('presence')
    .where('scope', '=', scope)
    .where('device', '=', device)
    .where('doc', 'not in', kept)
    .execute()
}

export const deleteExpired = async (db: Database, now: number): Promise<void> => {
  await db.deleteFrom('presence').where('expires_at', '<=', now).execute()
}
