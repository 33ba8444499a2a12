import type { Kysely } from 'kysely'

/** The third step of the people: tablets on a group's table, what goes on at a gathering, and what groups share. */
export const tableMigration = async (db: Kysely<unknown>): Promise<void> => {
  const { schema } = db
  // 1. The table.
  await schema
    .alterTable('working_group')
    .addColumn('table_generation', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await schema
    .createTable('secret')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
  await schema
    .createTable('tablet')
    .addColumn('person', 'text', (c) => c.primaryKey().references('person.id'))
    .addColumn('working_group', 'text', (c) => c.notNull())
    .addColumn('stop', 'text')
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('joined_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .addColumn('unsent', 'integer', (c) => c.notNull())
    .execute()
  await schema.createIndex('tablet_group').on('tablet').column('working_group').execute()
  await schema
    .createTable('table_code')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('link', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute()

  // 2. The day.
  await schema
    .createTable('gathering_day')
    .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
    .addColumn('stop', 'text', (c) => c.notNull())
    .addColumn('activity', 'text')
    .addColumn('ends_at', 'bigint')
    .addColumn('left_ms', 'bigint')
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('gathering_day_key', ['cohort', 'stop'])
    .execute()
  await schema
    .createTable('closed_vote')
    .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
    .addColumn('item', 'text', (c) => c.notNull())
    .addColumn('closed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('closed_vote_key', ['cohort', 'item'])
    .execute()
  await schema
    .createTable('vote_sum')
    .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
    .addColumn('item', 'text', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('counted_at', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('vote_sum_key', ['cohort', 'item', 'field'])
    .execute()

  // 3. Cards.
  await schema
    .createTable('shared_card')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('network', 'text', (c) => c.notNull().references('network.id'))
    .addColumn('cohort', 'text', (c) => c.notNull().references('cohort.id'))
    .addColumn('working_group', 'text', (c) => c.notNull().references('working_group.id'))
    .addColumn('reach', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('published_at', 'bigint', (c) => c.notNull())
    .addColumn('withdrawn_at', 'bigint')
    .execute()
  await schema.createIndex('shared_card_network').on('shared_card').column('network').execute()
}
