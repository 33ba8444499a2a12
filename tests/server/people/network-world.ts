import { join } from 'node:path'
import { makeNetwork } from '../../../src/server/people/network.ts'
import type { Database, Tables } from '../../../src/server/store/schema.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { mergingHere } from '../../../src/server/words/merging.ts'
import { outlineOf, text } from '../../shared/domain/sample-outline.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import type { World } from '../words/words-world.ts'

export interface NetworkWorld extends World {
  network: string
  run: string
  administrator: string
  /** The ids of Kull 1 to Kull 4. */
  cohorts: string[]
}

const audiences = ['leiargruppe', 'hr', 'ikt', 'tillitsvalde', 'folkevalde'].map((id, index) => ({
  id,
  number: index + 1,
  title: text(id),
}))

/** A network of four cohorts with its first administrator, who is at home in the first one. */
export const networkWorld = async (store: Store): Promise<NetworkWorld> => {
  const { db } = store
  const clock = { now: Date.UTC(2026, 10, 25, 8) }
  let epochs = 0
  const programme = { package: 'p', version: '1.0.0' }
  await store.write((tx) => makeNetwork(tx, { name: 'Vestland', ...programme }, clock.now))
  await db
    .insertInto('package_version')
    .values({
      id: 'p',
      version: '1.0.0',
      hash: '0'.repeat(64),
      outline: JSON.stringify({ ...outlineOf([]), audiences }),
      published_at: 0,
    })
    .execute()
  const first = await db.selectFrom('cohort').select(['id', 'run']).executeTakeFirstOrThrow()
  const more = [2, 3, 4].map((number) => ({
    id: `kull-${number}`,
    run: first.run,
    name: `Kull ${number}`,
    ...programme,
  }))
  await db.insertInto('cohort').values(more).execute()
  const { id: network } = await db.selectFrom('network').select('id').executeTakeFirstOrThrow()
  const { id: administrator } = await db.selectFrom('person').select('id').executeTakeFirstOrThrow()
  return {
    store,
    network,
    run: first.run,
    administrator,
    cohorts: [first.id, ...more.map(({ id }) => id)],
    merging: mergingHere,
    ledger: openLedger(join(temporaryFolder(), 'erased.ndjson')),
    clock,
    now: () => clock.now,
    newEpoch: () => {
      epochs += 1
      return epochs
    },
  }
}

/** Every row of every table. */
export const everything = async (db: Database): Promise<Record<string, string[]>> => {
  const tables = await db.introspection.getTables()
  const rows: Record<string, string[]> = {}
  for (const { name } of tables) {
    const all = await db
      .selectFrom(name as keyof Tables)
      .selectAll()
      .execute()
    rows[name] = all.map((row) => JSON.stringify(row)).sort()
  }
  return rows
}
