import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { restoreBackup } from '../../../src/server/backup/restore.ts'
import { writeBackup } from '../../../src/server/backup/write-backup.ts'
import { adoptRuns } from '../../../src/server/people/adopt-runs.ts'
import { readMe } from '../../../src/server/people/me.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { createWriter, own, person, worldOf } from '../words/words-world.ts'

/** Tables and columns that came with networks. */
const newTables = [
  ...['network', 'programme_run', 'person_role', 'person_audience', 'cohort_staff', 'invitation'],
  ...['identity', 'gathering', 'lecturer', 'contact_person', 'registration_link', 'waiting_person'],
  ...['administrative_act', 'content_report', 'calendar_feed', 'certificate'],
]
const newColumns: Record<string, string[]> = {
  cohort: ['capacity'],
  person: ['email', 'service_area'],
  working_group: ['kind', 'stop'],
  session: ['label'],
}

/** Makes a backup look as the program before made it. */
const makeOld = (file: string): void => {
  const [head = '', ...lines] = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
  const header = JSON.parse(head)
  for (const table of newTables) delete header.rows[table]
  header.migration = '0007-sums'
  const rows = lines.slice(0, -1).flatMap((line) => {
    const { table, row } = JSON.parse(line)
    if (newTables.includes(table)) return []
    for (const column of newColumns[table] ?? []) delete row[column]
    return [JSON.stringify({ table, row })]
  })
  const signed = [JSON.stringify(header), ...rows].map((line) => `${line}\n`).join('')
  const sha256 = createHash('sha256').update(signed).digest('hex')
  writeFileSync(file, gzipSync(`${signed}${JSON.stringify({ sha256 })}\n`))
}

eachStore(({ newStore }) => {
  test('a backup from before there were networks is restored, and its people are there', async () => {
    const store = await newStore()
    const world = await worldOf(store)
    const writer = createWriter(world, person, 'pc', own)
    writer.write('note', 'ord')
    await writer.sync()
    const before = await readMe(store.db, person)
    const file = join(temporaryFolder(), 'gammal.ndjson.gz')
    await writeBackup(store, file, { version: '0', now: world.now })
    makeOld(file)
    // Somebody has been erased since: by the ledger, as ever.
    world.ledger.erased('politikar-stord', 1)
    let epoch = 1000
    const newEpoch = () => ++epoch
    const { takenAway } = await restoreBackup({ ...world, newEpoch }, file, { replace: true })
    expect(takenAway.erased).toBe(1)
    const { cohort: _, ...me } = before ?? {}
    expect(await readMe(store.db, person)).toMatchObject({ ...me, network: 'Vestland' })
    expect(await readMe(store.db, 'politikar-stord')).toBeNull()
    expect(await store.db.selectFrom('programme_run').selectAll().execute()).toEqual([
      {
        id: 'vestland-1',
        network: 'vestland',
        name: 'vestland-1',
        ends_on: null,
        keep_months: null,
      },
    ])
    const late = createWriter(world, person, 'ny', own)
    await late.sync()
    expect(late.plain('note').texts).toEqual({ 'f/visjon/pc': 'ord' })
  })

  test('a run that has a network keeps it', async () => {
    const { db } = await newStore().then(async (store) => {
      await worldOf(store)
      return store
    })
    const before = await db.selectFrom('programme_run').selectAll().execute()
    expect(await adoptRuns(db)).toBe(0)
    expect(await db.selectFrom('programme_run').selectAll().execute()).toEqual(before)
  })
})
