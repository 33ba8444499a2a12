import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { accessMigration } from './access-migration.ts'
import type { Database } from './schema.ts'
import type { StoreKind } from './store.ts'
import { tableMigration } from './table-migration.ts'

/** Brings the database's shape up to date; each step is run once and never changed afterwards. */
export const migrate = async (db: Database, kind: StoreKind = 'sqlite'): Promise<void> => {
  const binary: Binary = kind === 'sqlite' ? sql`blob` : sql`bytea`
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrationsFor(binary) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

/** What the database calls a column of bytes. */
type Binary = RawBuilder<unknown>

const migrationsFor = (binary: Binary): Record<string, Migration> => ({
  '0001-people': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('municipality')
        .addColumn('number', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('size', 'text', (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('cohort')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('run', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('package', 'text', (c) => c.notNull())
        .addColumn('version', 'text', (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('cohort_stop')
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .addColumn('stop', 'text', (c) => c.notNull())
        .addColumn('starts', 'text')
        .addColumn('ends', 'text')
        .addColumn('place', 'text')
        .addColumn('drawing', 'text')
        .addPrimaryKeyConstraint('cohort_stop_key', ['cohort', 'stop'])
        .execute()
      await db.schema
        .createTable('person')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('audience', 'text')
        .addColumn('municipality', 'text', (c) => c.references('municipality.number'))
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .execute()
      await db.schema
        .createTable('working_group')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .addColumn('municipality', 'text', (c) => c.references('municipality.number'))
        .execute()
      await db.schema
        .createTable('membership')
        .addColumn('scope', 'text', (c) => c.notNull())
        .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
        .addPrimaryKeyConstraint('membership_key', ['scope', 'person'])
        .execute()
      await db.schema.createIndex('membership_person').on('membership').column('person').execute()
      await db.schema
        .createTable('sign_in_code')
        .addColumn('hash', 'text', (c) => c.primaryKey())
        .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
        .addColumn('expires_at', 'bigint')
        .addColumn('uses_left', 'integer')
        .addColumn('demo', 'integer', (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('session')
        .addColumn('hash', 'text', (c) => c.primaryKey())
        .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .execute()
    },
  },
  '0002-words': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('scope')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('epoch', 'bigint', (c) => c.notNull())
        .addColumn('head', 'bigint', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('update')
        .addColumn('scope', 'text', (c) => c.notNull().references('scope.id'))
        .addColumn('seq', 'bigint', (c) => c.notNull())
        .addColumn('doc', 'text', (c) => c.notNull())
        .addColumn('hash', 'text', (c) => c.notNull())
        .addColumn('bytes', binary, (c) => c.notNull())
        .addColumn('size', 'integer', (c) => c.notNull())
        .addColumn('person', 'text', (c) => c.notNull())
        .addColumn('device', 'text', (c) => c.notNull())
        .addColumn('written_at', 'bigint', (c) => c.notNull())
        .addColumn('received_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('update_key', ['scope', 'seq'])
        .addUniqueConstraint('update_hash', ['scope', 'hash'])
        .execute()
      await db.schema.createIndex('update_doc').on('update').columns(['scope', 'doc']).execute()
    },
  },
  '0003-content': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('package_version')
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('version', 'text', (c) => c.notNull())
        .addColumn('hash', 'text', (c) => c.notNull())
        .addColumn('outline', 'text', (c) => c.notNull())
        .addColumn('published_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('package_version_key', ['id', 'version'])
        .execute()
      await db.schema
        .createTable('package_text')
        .addColumn('hash', 'text', (c) => c.primaryKey())
        .addColumn('body', 'text', (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('open_text')
        .addColumn('hash', 'text', (c) => c.primaryKey())
        .execute()
      await db.schema
        .createTable('media')
        .addColumn('hash', 'text', (c) => c.primaryKey())
        .addColumn('size', 'bigint', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .execute()
    },
  },
  '0004-history': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('former_member')
        .addColumn('scope', 'text', (c) => c.notNull())
        .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
        .addColumn('left_seq', 'bigint', (c) => c.notNull())
        .addColumn('left_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('former_member_key', ['scope', 'person'])
        .execute()
      await db.schema
        .createTable('document')
        .addColumn('scope', 'text', (c) => c.notNull().references('scope.id'))
        .addColumn('doc', 'text', (c) => c.notNull())
        .addColumn('snapshot', binary, (c) => c.notNull())
        .addColumn('snapshot_seq', 'bigint', (c) => c.notNull())
        .addColumn('size', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('document_key', ['scope', 'doc'])
        .execute()
      await db.schema
        .createIndex('document_seq')
        .on('document')
        .columns(['scope', 'snapshot_seq'])
        .execute()
      await updateColumns(db.schema.createTable('archive'), binary)
        .addColumn('seq', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('archive_key', ['scope', 'seq'])
        .addUniqueConstraint('archive_hash', ['scope', 'hash'])
        .execute()
      await db.schema.createIndex('archive_doc').on('archive').columns(['scope', 'doc']).execute()
      await updateColumns(db.schema.createTable('held'), binary)
        .addPrimaryKeyConstraint('held_key', ['scope', 'person', 'hash'])
        .execute()
      await db.schema
        .createTable('presence')
        .addColumn('scope', 'text', (c) => c.notNull())
        .addColumn('device', 'text', (c) => c.notNull())
        .addColumn('doc', 'text', (c) => c.notNull())
        .addColumn('label', 'text', (c) => c.notNull())
        .addColumn('role', 'text')
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('presence_key', ['scope', 'device', 'doc'])
        .execute()
    },
  },
  '0005-erased': {
    up: async (db: Kysely<unknown>) => {
      await db.schema.alterTable('person').addColumn('erased_at', 'bigint').execute()
      await db.schema.createIndex('held_person').on('held').column('person').execute()
    },
  },
  '0006-manifests': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('media_manifest')
        .addColumn('hash', 'text', (c) => c.primaryKey())
        .addColumn('body', 'text', (c) => c.notNull())
        .execute()
    },
  },
  '0007-elected': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('municipality_stop')
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .addColumn('municipality', 'text', (c) => c.notNull().references('municipality.number'))
        .addColumn('stop', 'text', (c) => c.notNull())
        .addColumn('starts', 'text')
        .addColumn('ends', 'text')
        .addColumn('place', 'text')
        .addColumn('drawing', 'text')
        .addPrimaryKeyConstraint('municipality_stop_key', ['cohort', 'municipality', 'stop'])
        .execute()
      await db.schema
        .createTable('municipality_link')
        .addColumn('hash', 'text', (c) => c.primaryKey())
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .addColumn('municipality', 'text', (c) => c.notNull().references('municipality.number'))
        .addColumn('audience', 'text', (c) => c.notNull())
        .addColumn('expires_at', 'bigint')
        .addColumn('closed_at', 'bigint')
        .addColumn('people_left', 'integer', (c) => c.notNull())
        .addColumn('demo', 'integer', (c) => c.notNull())
        .execute()
      await db.schema.alterTable('person').addColumn('link', 'text').execute()
      await db.schema
        .createIndex('person_municipality')
        .on('person')
        .columns(['cohort', 'municipality'])
        .execute()
      await db.schema
        .createTable('resource_person')
        .addColumn('person', 'text', (c) => c.primaryKey().references('person.id'))
        .addColumn('municipality', 'text', (c) => c.notNull().references('municipality.number'))
        .addColumn('audience', 'text', (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('sum_reading')
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .addColumn('municipality', 'text', (c) => c.notNull().references('municipality.number'))
        .addColumn('audience', 'text', (c) => c.notNull())
        .addColumn('read_at', 'bigint', (c) => c.notNull())
        .addColumn('heads', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('sum_reading_key', ['cohort', 'municipality', 'audience'])
        .execute()
      await db.schema
        .createTable('published_sum')
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .addColumn('municipality', 'text', (c) => c.notNull().references('municipality.number'))
        .addColumn('item', 'text', (c) => c.notNull())
        .addColumn('field', 'text', (c) => c.notNull())
        .addColumn('counted_at', 'bigint', (c) => c.notNull())
        .addColumn('body', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('published_sum_key', ['cohort', 'municipality', 'item', 'field'])
        .execute()
      await db.schema
        .createTable('counted_person')
        .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
        .addColumn('municipality', 'text', (c) => c.notNull().references('municipality.number'))
        .addColumn('item', 'text', (c) => c.notNull())
        .addColumn('field', 'text', (c) => c.notNull())
        .addColumn('person', 'text', (c) => c.notNull().references('person.id'))
        .addPrimaryKeyConstraint('counted_person_key', [
          'cohort',
          'municipality',
          'item',
          'field',
          'person',
        ])
        .execute()
    },
  },
  '0008-access': { up: accessMigration },
  '0009-table': { up: tableMigration },
})

const updateColumns = <T extends string>(table: CreateTableBuilder<T>, binary: Binary) =>
  table
    .addColumn('scope', 'text', (c) => c.notNull().references('scope.id'))
    .addColumn('doc', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('bytes', binary, (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('written_at', 'bigint', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
