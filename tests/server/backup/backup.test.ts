import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { BackupError, readHeader } from '../../../src/server/backup/backup-file.ts'
import { restoreBackup } from '../../../src/server/backup/restore.ts'
import { writeBackup } from '../../../src/server/backup/write-backup.ts'
import { readSession, signIn } from '../../../src/server/people/sessions.ts'
import { backedUpTables, backupStore } from '../../../src/server/store/backup-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { restoreMembership, revokeMembership } from '../../../src/server/words/membership.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore, type StoreContract } from '../stores.ts'
import { day, testStore } from '../test-app.ts'
import { filesWith } from '../words/database-files.ts'
import {
  createWriter,
  group,
  otherGroup,
  own,
  person,
  tablet,
  worldOf,
} from '../words/words-world.ts'

const contentsOf = async ({ db }: Store, without: readonly string[] = []) => {
  const contents: Record<string, unknown[]> = {}
  for (const { name, key } of backedUpTables) {
    let all = db.selectFrom(name).selectAll()
    for (const column of key) all = all.orderBy(column as never)
    const rows: Record<string, unknown>[] = await all.execute()
    contents[name] = rows.map((row) => {
      const entries = Object.entries(row).map(([column, value]) => [
        column,
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
      ])
      return Object.fromEntries(entries.filter(([column]) => !without.includes(String(column))))
    })
  }
  return contents
}

/** People, words of all kinds, a session. */
const fill = async (store: Store) => {
  const world = await worldOf(store)
  const mine = createWriter(world, person, 'mine', own)
  const here = createWriter(world, person, 'mine')
  const theirs = createWriter(world, tablet, 'theirs')
  for (let n = 0; n < 120; n++) mine.write(`note-${n % 7}`, `Ærleg tale nr. ${n} 🙂`)
  mine.write('lang', 'lang '.repeat(30_000))
  here.write('visjon', 'mine ord')
  theirs.write('visjon', 'våre ord')
  for (const writer of [mine, here, theirs]) await writer.sync()
  await compactDocument(store, own, `${own}/note-1`)
  await restoreMembership(world, otherGroup, person)
  await revokeMembership(world, otherGroup, person)
  const left = createWriter(world, person, 'mine', otherGroup)
  left.write('visjon', 'halde ord')
  await left.sync()
  const session = await signIn({ db: store.db, now: world.now }, 'demo-deltakar-stord', true)
  if (typeof session === 'string') throw new Error(session)
  return { ...world, mine, here, theirs, token: session.token }
}

const backUp = async (store: Store, now = 1): Promise<string> => {
  const file = join(temporaryFolder(), 'sub/loft.ndjson.gz')
  await writeBackup(store, file, { version: '1.2.3', now: () => now })
  return file
}

/** Another epoch than any that a test world gives. */
const restoring = (world: Awaited<ReturnType<typeof fill>>, store: Store) => {
  let epoch = 1000
  return {
    ...world,
    store,
    newEpoch: () => {
      epoch += 1
      return epoch
    },
  }
}

eachStore(({ kind, newStore }: StoreContract) => {
  test('every table is in a backup, or left out on purpose', async () => {
    const { db } = await newStore()
    const tables = (await db.introspection.getTables()).map(({ name }) => name)
    expect(tables.filter((name) => !backedUpTables.some((one) => one.name === name))).toEqual([
      // A sign-in on its way, and a table’s code, live ten minutes; who is present, thirty seconds.
      'oidc_flow',
      'presence',
      'table_code',
    ])
  })

  test('no row is left out where a page of rows ends', async () => {
    const store = await newStore()
    await store.db
      .insertInto('scope')
      .values({ id: group, epoch: 1, head: 0, status: 'ok' })
      .execute()
    // The same words may be held for several people: pairs, of which the end of a page of 50 divides one.
    const row = {
      ...{ scope: group, doc: `${group}/visjon`, bytes: new Uint8Array([0, 0]), size: 2 },
      ...{ device: '', written_at: 1, received_at: 1 },
    }
    const rows = Array.from({ length: 61 }, (_, n) => ({
      ...row,
      hash: String(Math.floor((n + 1) / 2)).padStart(64, '0'),
      person: n % 2 === 0 ? person : tablet,
    }))
    await store.db.insertInto('held').values(rows).execute()
    expect((await readHeader(await backUp(store))).rows.held).toBe(61)
    const held = backedUpTables.find(({ name }) => name === 'held')
    let read = 0
    if (held) for await (const _ of backupStore.rows(store.db, held)) read++
    expect(read).toBe(61)
  })

  test('what is restored is what was there, but for the epochs', async () => {
    const store = await newStore()
    const world = await fill(store)
    const before = await contentsOf(store, ['epoch'])
    const epochs = await store.db.selectFrom('scope').select(['id', 'epoch']).execute()
    const file = await backUp(store, 77)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await readHeader(file)).toMatchObject({ version: '1.2.3', at: 77 })

    world.mine.write('note-1', 'etter reservekopien')
    await world.mine.sync()
    await store.db
      .insertInto('presence')
      .values({
        scope: group,
        device: 'x',
        doc: '',
        label: 'x',
        role: null,
        expires_at: 9e12,
      })
      .execute()
    const { takenAway } = await restoreBackup(restoring(world, store), file, { replace: true })
    expect(takenAway).toEqual({ erased: 0, left: 0, signedOut: 0, codes: 0 })
    expect(await contentsOf(store, ['epoch'])).toEqual(before)
    for (const { id, epoch } of await store.db
      .selectFrom('scope')
      .select(['id', 'epoch'])
      .execute()) {
      expect(epochs.map((old) => old.epoch)).not.toContain(epoch)
      expect(epochs.map((old) => old.id)).toContain(id)
    }
    expect(await store.db.selectFrom('presence').selectAll().execute()).toEqual([])
    const session = await readSession({ db: store.db, now: world.now }, world.token)
    expect(session?.person).toBe(person)
  })

  test('a backup of the one database is restored into the other', async () => {
    const [from, into] = [await newStore(), await testStore()]
    const world = await fill(from)
    const before = await contentsOf(from, ['epoch'])
    const file = await backUp(from)
    await restoreBackup(restoring(world, into), file, { replace: false })
    expect(await contentsOf(into, ['epoch'])).toEqual(before)
    // And back.
    await restoreBackup(restoring(world, from), await backUp(into), { replace: true })
    expect(await contentsOf(from, ['epoch'])).toEqual(before)
  })

  test('a database that an older program runs on is backed up as far as it goes', async () => {
    // A file of its own, since a table goes.
    const [old, store] = [await testStore(), await newStore()]
    const world = await fill(old)
    await sql`drop table held`.execute(old.db)
    const file = await backUp(old)
    await restoreBackup(restoring(world, store), file, { replace: true })
    const { held, ...others } = await contentsOf(store, ['epoch'])
    expect(held).toEqual([])
    expect(others.update).not.toEqual([])
  })

  test('devices see a new epoch after an older backup, and read from the beginning', async () => {
    const store = await newStore()
    const world = await fill(store)
    const file = await backUp(store)
    world.theirs.write('visjon', 'våre ord, og fleire')
    await world.theirs.sync()
    const { epoch } = await world.here.sync()
    await restoreBackup(restoring(world, store), file, { replace: true })
    const answer = await world.here.sync()
    expect(answer).toMatchObject({ status: 'ok', cursor: 2, head: 2 })
    expect(answer.epoch).not.toBe(epoch)
    expect(answer.items).toHaveLength(2)
  })

  test('words that are there go only when that is said', async () => {
    const store = await newStore()
    const world = await fill(store)
    const file = await backUp(store)
    const before = await contentsOf(store)
    const restored = restoreBackup(restoring(world, store), file, { replace: false })
    await expect(restored).rejects.toThrow(/--replace/)
    expect(await contentsOf(store)).toEqual(before)
  })

  test('what is damaged in any way touches nothing', async () => {
    const store = await newStore()
    const world = await fill(store)
    const file = await backUp(store)
    const before = await contentsOf(store)
    const whole = gunzipSync(readFileSync(file)).toString()
    const lines = whole.trimEnd().split('\n')
    const damaged: Record<string, Buffer> = {
      nothing: Buffer.alloc(0),
      'no zip': Buffer.from('tekst'),
      'a cut zip': readFileSync(file).subarray(0, -20),
      'a changed word': gzipSync(whole.replace('Leiargruppa', 'Leiargruppi')),
      'lost lines': gzipSync(
        `${lines.filter((line) => !line.includes('"table":"cohort"')).join('\n')}\n`,
      ),
      'no end': gzipSync(`${lines.slice(0, -1).join('\n')}\n`),
      'more after the end': gzipSync(`${whole}{"table":"scope","row":{}}\n`),
      'an unknown table': gzipSync(whole.replace('{"table":"scope"', '{"table":"sqlite_master"')),
      'another format': gzipSync(whole.replace('"format":1', '"format":2')),
      'a newer program': gzipSync(whole.replace('"migration":"0', '"migration":"9')),
    }
    for (const [damage, bytes] of Object.entries(damaged)) {
      writeFileSync(file, bytes)
      const restored = restoreBackup(restoring(world, store), file, { replace: true })
      await expect(restored, damage).rejects.toThrow(BackupError)
      expect(await contentsOf(store), damage).toEqual(before)
    }
    await expect(
      restoreBackup(restoring(world, store), `${file}.none`, { replace: true }),
    ).rejects.toThrow(/ENOENT/)
  })

  test('a backup is of one moment, however much is written meanwhile', async () => {
    const store =
      kind === 'sqlite' ? await testStore(join(temporaryFolder(), 'a.sqlite')) : await newStore()
    const world = await fill(store)
    let written = 0
    const writing = (async () => {
      for (; written < 40; written++) {
        world.theirs.write('visjon', `våre ord ${written}`)
        await world.theirs.sync()
      }
    })()
    const files = [await backUp(store), await backUp(store)]
    await writing
    const empty = await testStore()
    for (const file of files) {
      await restoreBackup(restoring(world, empty), file, { replace: true })
      for (const { id, head } of await empty.db.selectFrom('scope').selectAll().execute()) {
        const of = (table: 'update' | 'archive') =>
          empty.db.selectFrom(table).select('seq').where('scope', '=', id)
        const seqs = await of('update').unionAll(of('archive')).orderBy('seq').execute()
        expect(seqs.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, n) => n + 1))
      }
    }
  })

  test('who has been erased since is not in a restored backup, nor in any byte of the files', async () => {
    const sqliteFile = join(temporaryFolder(), 'loft.sqlite')
    const store = kind === 'sqlite' ? await testStore(sqliteFile) : await newStore()
    const world = await fill(store)
    const marker = 'HemmelegOrdSomSkalBort'
    world.mine.write('note', marker)
    await world.mine.sync()
    const file = await backUp(store)
    const erasedAt = world.clock.now
    await erasePerson(world, person)
    world.clock.now += day
    expect(await filesWith(store, marker, sqliteFile)).toEqual([])
    const replaced = 'OrdSomKopienIkkjeHar'
    world.theirs.write('anna', replaced)
    await world.theirs.sync()
    const { takenAway } = await restoreBackup(restoring(world, store), file, { replace: true })
    expect(takenAway.erased).toBe(1)
    for (const text of [marker, replaced])
      expect(await filesWith(store, text, sqliteFile)).toEqual([])
    // Their devices learn it of the restored database too.
    const session = await readSession({ db: store.db, now: world.now }, world.token)
    expect(session).toMatchObject({ person, isErased: true, renewed: false })
    expect(session?.expiresAt).toBe(erasedAt + 90 * day)
    for (const writer of [world.mine, world.here])
      expect(await writer.sync()).toMatchObject({ status: 'gone', items: [] })
    await world.theirs.sync()
    expect(world.theirs.plain('visjon').texts['f/visjon/mine']).toBe('mine ord')
  })
})
