import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import {
  type Command,
  createCommands,
  Unfinished,
} from '../../../src/server/maintenance-commands.ts'
import { lookAtLink } from '../../../src/server/people/municipality-link.ts'
import { signIn } from '../../../src/server/people/sessions.ts'
import { sqliteStore } from '../../../src/server/store/sqlite.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { day, testStore } from '../test-app.ts'
import { createWriter, own, person, worldOf } from '../words/words-world.ts'

const marker = 'HemmelegOrdSomSkalBort'

const setUp = async () => {
  const dataDir = temporaryFolder()
  const file = join(dataDir, 'loft.sqlite')
  const world = await worldOf(await testStore(file))
  const mine = createWriter(world, person, 'mine', own)
  mine.write('note', marker)
  await mine.sync()
  const said: string[] = []
  const { erase, link, network } = createCommands({
    dataDir,
    version: '0.0.0',
    openSqlite: (name) => new DatabaseSync(name),
    openStore: async () => sqliteStore(new DatabaseSync(file), 0), // nobody waits in a test
    say: (line) => said.push(line),
    origin: 'https://loft.example.no',
    patienceMs: 0,
  })
  const other = new DatabaseSync(file)
  onTestFinished(() => other.close())
  return {
    said,
    other,
    world,
    erase: () => erase?.(person, { yes: true }),
    link: async (...args: Parameters<Command>) => link?.(...args),
    network: async (...args: Parameters<Command>) => network?.(...args),
    isInFiles: () => ['', '-wal'].some((end) => readFileSync(file + end).includes(marker)),
    ledger: openLedger(join(dataDir, 'erased.ndjson')),
    words: () => other.prepare('select doc from "update" where scope = ?').all(own).length,
  }
}

test('an erasure beside somebody who reads says that the bytes are there yet, and how to go on', async () => {
  const { said, other, erase, isInFiles, ledger, words } = await setUp()
  other.exec('BEGIN')
  other.prepare('select count(*) from "update"').all()
  const failed = await Promise.resolve(erase()).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(Unfinished)
  expect((failed as Error).message).toMatch(
    /^the words are erased, but .* say the same again later/,
  )
  expect((failed as Error).message).not.toContain('\n')
  expect(said.join()).not.toContain('Erased')
  other.exec('COMMIT')
  expect(words()).toBe(0)
  expect([isInFiles(), ledger.isUnscrubbed()]).toEqual([true, true])

  await erase()
  expect(said).toContain(`${person}, erased already:`)
  expect(said).toContain('Erased. The bytes are out of the database files.')
  expect([isInFiles(), ledger.isUnscrubbed()]).toEqual([false, false])
})

test('an erasure beside somebody who writes all the time has not begun, and says so', async () => {
  const { other, erase, isInFiles, words } = await setUp()
  other.exec('BEGIN IMMEDIATE')
  const failed = await Promise.resolve(erase()).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(Unfinished)
  expect((failed as Error).message).toContain('nothing is erased yet (database is locked)')
  other.exec('COMMIT')
  expect(words()).toBe(1)
  await erase()
  expect([words(), isInFiles()]).toEqual([0, false])
})

test('a link is made, told once and closed; what it cannot be made for is said', async () => {
  const { world, said, link } = await setUp()
  const { db } = world.store
  const session = { db, now: Date.now }
  await expect(link(undefined, {})).rejects.toThrow('no municipality')
  await expect(link('9999', {})).rejects.toThrow('there is no municipality 9999')
  await expect(link('4614', { cohort: 'kull-9' })).rejects.toThrow('vestland-1-kull-1')
  await expect(link('4614', { days: '0' })).rejects.toThrow('--days')
  await expect(link('4614', {})).rejects.toThrow('no line of its own')
  const outline = JSON.stringify({ tracks: [{ audience: 'folkevalde' }] })
  await db
    .insertInto('package_version')
    .values({ id: 'base', version: '1.0.0', hash: 'x', outline, published_at: 1 })
    .execute()

  await link('4614', { days: '30' })
  const [, token = ''] = /example\.no\/folkevalde\/(\S+)/.exec(said.join('\n')) ?? []
  const sight = { municipality: 'Stord', audience: 'folkevalde' }
  expect(await lookAtLink(session, token, false)).toEqual(sight)
  expect(await lookAtLink({ db, now: () => Date.now() + 31 * day }, token, false)).toBe(
    'link-expired',
  )
  await link('4647', { close: true })
  expect(await lookAtLink(session, token, false)).toEqual(sight)
  await link('4614', { close: true })
  expect(await lookAtLink(session, token, false)).toBe('link-closed')
})

test('a network is made with a way in that works once; what it cannot be made for is said', async () => {
  const { world, said, network } = await setUp()
  const { db } = world.store
  await expect(network(undefined, {})).rejects.toThrow('no name')
  await expect(network('Trøndelag', {})).rejects.toThrow('there is none')
  for (const id of ['base', 'other']) {
    await db
      .insertInto('package_version')
      .values({ id, version: '1.0.0', hash: '', outline: '{}', published_at: 1 })
      .execute()
  }
  await expect(network('Trøndelag', {})).rejects.toThrow('base, other')
  await network('Trøndelag', { package: 'other' })
  expect(said.join('\n')).toContain('follows other 1.0.0')
  const code = said.join('\n').match(/\/inn\/(\S+)/)?.[1] ?? ''
  const deps = { db, now: Date.now }
  expect(await signIn(deps, code, false)).toMatchObject({ token: expect.any(String) })
  expect(await signIn(deps, code, false)).toBe('code-expired')
  const names = await db.selectFrom('network').select('name').orderBy('name').execute()
  expect(names.map(({ name }) => name)).toContain('Trøndelag')
})
