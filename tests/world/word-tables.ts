import type { UpdateTable } from '../../src/server/store/schema.ts'
import type { Store } from '../../src/server/store/store.ts'

/** The rows of one world's words and of who may read them: what a backup holds. */
export interface Tables {
  scope: ScopeRow[]
  update: WordRow[]
  archive: WordRow[]
  document: SnapshotRow[]
  held: HeldRow[]
  membership: { scope: string; person: string }[]
  former_member: { scope: string; person: string; left_seq: number; left_at: number }[]
}
export type WordRow = UpdateTable
export type HeldRow = Omit<UpdateTable, 'seq'>
export interface ScopeRow {
  id: string
  epoch: number
  head: number
  status: 'ok' | 'gone'
}
export interface SnapshotRow {
  scope: string
  doc: string
  snapshot: Uint8Array
  snapshot_seq: number
  size: number
}

const ofScopes = ['update', 'archive', 'document', 'held', 'membership', 'former_member'] as const

/** As they are at one moment. */
export const readTables = (store: Store, scopes: readonly string[]): Promise<Tables> =>
  store.write((db) => read(db, scopes))

const read = async (
  db: Parameters<Parameters<Store['write']>[0]>[0],
  scopes: readonly string[],
): Promise<Tables> => {
  const tables: Partial<Record<string, unknown[]>> = {
    scope: await db.selectFrom('scope').selectAll().where('id', 'in', scopes).execute(),
  }
  for (const table of ofScopes)
    tables[table] = await db.selectFrom(table).selectAll().where('scope', 'in', scopes).execute()
  const all = tables as unknown as Tables
  const bySeq = (a: WordRow, b: WordRow): number => a.seq - b.seq
  all.scope.sort((a, b) => (a.id < b.id ? -1 : 1))
  all.update.sort(bySeq)
  all.archive.sort(bySeq)
  return all
}

export const writeTables = (
  store: Store,
  scopes: readonly string[],
  tables: Tables,
): Promise<void> =>
  store.write(async (db) => {
    for (const table of ofScopes) await db.deleteFrom(table).where('scope', 'in', scopes).execute()
    await db.deleteFrom('scope').where('id', 'in', scopes).execute()
    if (tables.scope.length > 0) await db.insertInto('scope').values(tables.scope).execute()
    for (const table of ofScopes) {
      const rows = tables[table] as never[]
      for (let at = 0; at < rows.length; at += 100)
        await db
          .insertInto(table)
          .values(rows.slice(at, at + 100))
          .execute()
    }
  })
