import { sql, type Transaction } from 'kysely'
import type { Database, Tables } from './schema.ts'

type Db = Transaction<Tables>
export type WordsTable = 'update' | 'archive' | 'held'

export interface StoredBytes {
  table: WordsTable | 'document'
  hash: string
  person: string
  bytes: Uint8Array
}

const wordsTables: readonly WordsTable[] = ['update', 'archive', 'held']

/** Rows that are about nobody but the person: rights, ways in, and what they have told or been given. */
const personTables = [
  'membership',
  'former_member',
  'resource_person',
  'counted_person',
  'person_role',
  'person_audience',
  'cohort_staff',
  'invitation',
  'identity',
  'calendar_feed',
  'tablet',
  'certificate',
  // With its text: it may name whoever wrote it.
  'content_report',
] as const

/** What erasing a person needs: it looks through all words, which no other query does. */
export const erasureStore = {
  /** The person's own scopes, in all runs; those that nobody has written in yet among them. */
  ownScopes: async (db: Database, person: string): Promise<string[]> => {
    const prefix = `u:${person}:`
    const isOwn = (column: string) =>
      sql<boolean>`substr(${sql.ref(column)}, 1, ${sql.lit(prefix.length)}) = ${prefix}`
    const rows = await db
      .selectFrom('scope')
      .select('id')
      .where(isOwn('id'))
      .union(db.selectFrom('membership').select('scope as id').where(isOwn('scope')))
      .execute()
    return rows.map(({ id }) => id)
  },

  /** Every scope in which the person has written, or could. */
  knownScopes: async (db: Database, person: string): Promise<string[]> => {
    const of = (table: WordsTable | 'membership' | 'former_member') =>
      db.selectFrom(table).select('scope').where('person', '=', person)
    const rows = await of('membership')
      .union(of('former_member'))
      .union(of('update'))
      .union(of('archive'))
      .union(of('held'))
      .execute()
    return rows.map(({ scope }) => scope)
  },

  /** Is anything left by which the person could sign in, be named, or read their own words? False for one who is not known. */
  isThere: async (db: Database, person: string): Promise<boolean> => {
    const row = await db
      .selectFrom('person')
      .select(['name', 'erased_at'])
      .where('id', '=', person)
      .executeTakeFirst()
    if (row === undefined) return false
    if (row.erased_at === null || row.name !== '') return true
    for (const table of [...personTables, 'sign_in_code'] as const) {
      const left = db.selectFrom(table).select('person').where('person', '=', person)
      if (await left.executeTakeFirst()) return true
    }
    return false
  },

  nameOf: async (db: Database, person: string): Promise<string | undefined> =>
    (await db.selectFrom('person').select('name').where('id', '=', person).executeTakeFirst())
      ?.name,

  documentCount: async (db: Database, scopes: readonly string[]): Promise<number> => {
    if (scopes.length === 0) return 0
    const of = (table: WordsTable | 'document') =>
      db.selectFrom(table).select('doc').where('scope', 'in', scopes)
    return (await of('update').union(of('document')).execute()).length
  },

  /** Deletes all words of a scope and marks it, so that devices delete them too. */
  emptyScope: async (db: Db, scope: string): Promise<void> => {
    for (const table of [...wordsTables, 'document', 'presence'] as const) {
      await db.deleteFrom(table).where('scope', '=', scope).execute()
    }
    await db.updateTable('scope').set({ status: 'gone' }).where('id', '=', scope).execute()
  },

  /** Takes person and device from what the person has written in a scope, and deletes what is held for them. */
  unsign: async (db: Db, scope: string, person: string): Promise<void> => {
    for (const table of ['update', 'archive'] as const) {
      await db
        .updateTable(table)
        .set({ person: '', device: '' })
        .where('scope', '=', scope)
        .where('person', '=', person)
        .execute()
    }
    await db.deleteFrom('held').where('scope', '=', scope).where('person', '=', person).execute()
  },

  /** Nobody signs in as this person again; the sessions that there are end at `until`, if not before. */
  endSessions: async (db: Db, person: string, until: number): Promise<void> => {
    await db.deleteFrom('sign_in_code').where('person', '=', person).execute()
    await db.updateTable('session').set({ label: null }).where('person', '=', person).execute()
    await db
      .updateTable('session')
      .set({ expires_at: until })
      .where('person', '=', person)
      .where('expires_at', '>', until)
      .execute()
  },

  /** Takes every right away; the row stays without what says who it was. */
  removePerson: async (db: Db, person: string, at: number): Promise<void> => {
    // Holds the person: rows that others are writing for them are there before any are deleted.
    await db
      .updateTable('person')
      .set((e) => ({ name: e.ref('name') }))
      .where('id', '=', person)
      .execute()
    await removeByAddress(db, person)
    await unsignActs(db, person)
    // Whoever is on the way to a provider and back comes in by the invitation's hash.
    const invitations = db.selectFrom('invitation').select('hash').where('person', '=', person)
    await db.deleteFrom('oidc_flow').where('invitation', 'in', invitations).execute()
    for (const table of personTables) {
      await db.deleteFrom(table).where('person', '=', person).execute()
    }
    await db.updateTable('invitation').set({ made_by: '' }).where('made_by', '=', person).execute()
    await db
      .updateTable('person')
      .set((e) => ({
        name: '',
        audience: null,
        municipality: null,
        link: null,
        email: null,
        service_area: null,
        erased_at: e.fn.coalesce('erased_at', e.val(at)),
      }))
      .where('id', '=', person)
      .execute()
  },

  /** Of all who are there, since a row does not tell whose device it is; the others say again within seconds that they are. */
  removePresence: async (db: Db, scope: string): Promise<void> => {
    await db.deleteFrom('presence').where('scope', '=', scope).execute()
  },

  /** Every stored byte of a document, a row at a time. The snapshot has no hash, and is of nobody. */
  async *bytesOf(db: Db, scope: string, doc: string): AsyncIterable<StoredBytes> {
    for (const table of wordsTables) {
      // Held bytes may be there for several people.
      let after = { hash: '', person: '' }
      for (;;) {
        const rows = await db
          .selectFrom(table)
          .select(['hash', 'person', 'bytes'])
          .where('scope', '=', scope)
          .where('doc', '=', doc)
          .where((e) => e(e.refTuple('hash', 'person'), '>', e.tuple(after.hash, after.person)))
          .orderBy('hash')
          .orderBy('person')
          .limit(50)
          .execute()
        for (const row of rows) yield { table, ...row }
        const last = rows.at(-1)
        if (!last) break
        after = last
      }
    }
    const snapshot = await db
      .selectFrom('document')
      .select('snapshot as bytes')
      .where('scope', '=', scope)
      .where('doc', '=', doc)
      .executeTakeFirst()
    if (snapshot) yield { table: 'document', hash: '', person: '', ...snapshot }
  },

  /** Puts other bytes of the same length in the place of a row's; its hash still names what was pushed. */
  replaceBytes: async (
    db: Db,
    scope: string,
    doc: string,
    { table, hash, bytes }: Omit<StoredBytes, 'person'>,
  ): Promise<void> => {
    if (table === 'document') {
      await db
        .updateTable(table)
        .set({ snapshot: bytes })
        .where('scope', '=', scope)
        .where('doc', '=', doc)
        .execute()
      return
    }
    await db
      .updateTable(table)
      .set({ bytes })
      .where('scope', '=', scope)
      .where('hash', '=', hash)
      .execute()
  },
}

/** What else the network holds under the person's mail address: a place on a waiting list, an entry among those to ask. */
const removeByAddress = async (db: Db, person: string): Promise<void> => {
  const found = await db
    .selectFrom('person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select(['email', 'network'])
    .where('person.id', '=', person)
    .executeTakeFirst()
  if (!found?.email) return
  const { email, network } = found
  const cohorts = db
    .selectFrom('cohort')
    .innerJoin('programme_run', 'programme_run.id', 'cohort.run')
    .select('cohort.id')
    .where('network', '=', network)
  await db
    .deleteFrom('waiting_person')
    .where((e) => e(e.fn('lower', ['email']), '=', email))
    .where('cohort', 'in', cohorts)
    .execute()
  await db
    .deleteFrom('contact_person')
    .where((e) => e(e.fn('lower', ['email']), '=', email))
    .where('network', '=', network)
    .execute()
}

/**
 * Administrative acts stay, without the person who did them ('' = somebody who has been erased) and the one they were about: what
 * was done to whom is nobody's business any more, that it was done is.
 */
const unsignActs = async (db: Db, person: string): Promise<void> => {
  await db
    .updateTable('administrative_act')
    .set({ by_person: '' })
    .where('by_person', '=', person)
    .execute()
  await db
    .updateTable('administrative_act')
    .set({ subject: null })
    .where('subject', '=', person)
    .execute()
  const quoted = JSON.stringify(person)
  const rows = await db
    .selectFrom('administrative_act')
    .select(['id', 'detail'])
    .where('detail', 'like', `%${quoted.replaceAll(/[%_\\]/g, '_')}%`)
    .execute()
  for (const { id, detail } of rows) {
    await db
      .updateTable('administrative_act')
      .set({ detail: detail.replaceAll(quoted, '""') })
      .where('id', '=', id)
      .execute()
  }
}
