import { randomUUID } from 'node:crypto'
import type { NewRun, RunChange } from '../../shared/domain/administration.ts'
import type { Database } from '../store/schema.ts'
import { recordAct } from './acts.ts'
import type { By } from './cohorts.ts'

export const makeRun = async (
  db: Database,
  { network, by }: By,
  { name, endsOn, keepMonths }: NewRun,
  now: number,
): Promise<{ id: string }> => {
  const id = randomUUID()
  await db
    .insertInto('programme_run')
    .values({ id, network, name, ends_on: endsOn, keep_months: keepMonths })
    .execute()
  const detail = { endsOn, keepMonths }
  await recordAct(db, { network, by, act: 'run.made', subject: id, detail }, now)
  return { id }
}

/** False if there is no such run in the network. */
export const changeRun = async (
  db: Database,
  { network, by }: By,
  id: string,
  { name, endsOn, keepMonths }: RunChange,
  now: number,
): Promise<boolean> => {
  const run = await db
    .selectFrom('programme_run')
    .selectAll()
    .where('id', '=', id)
    .where('network', '=', network)
    .executeTakeFirst()
  if (!run) return false
  const values = {
    ...(name !== undefined && name !== run.name && { name }),
    ...(endsOn !== undefined && endsOn !== run.ends_on && { ends_on: endsOn }),
    ...(keepMonths !== undefined && keepMonths !== run.keep_months && { keep_months: keepMonths }),
  }
  if (Object.keys(values).length === 0) return true
  await db.updateTable('programme_run').set(values).where('id', '=', id).execute()
  const detail = {
    ...('name' in values && { renamed: true }),
    ...('ends_on' in values && { endsOn: endsOn ?? null }),
    ...('keep_months' in values && { keepMonths: keepMonths ?? null }),
  }
  await recordAct(db, { network, by, act: 'run.changed', subject: id, detail }, now)
  return true
}

export const renameNetwork = async (
  db: Database,
  { network, by }: By,
  name: string,
  now: number,
): Promise<void> => {
  const { numUpdatedRows } = await db
    .updateTable('network')
    .set({ name })
    .where('id', '=', network)
    .where('name', '!=', name)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  await recordAct(db, { network, by, act: 'network.renamed', subject: network }, now)
}
