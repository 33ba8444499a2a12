import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { createCommands, Unfinished } from '../../../src/server/maintenance-commands.ts'
import { sqliteStore } from '../../../src/server/store/sqlite.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { testStore } from '../test-app.ts'
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
  const { erase } = createCommands({
    dataDir,
    version: '0.0.0',
    openSqlite: (name) => new DatabaseSync(name),
    openStore: async () => sqliteStore(new DatabaseSync(file), 0), // nobody waits in a test
    say: (line) => said.push(line),
    patienceMs: 0,
  })
  const other = new DatabaseSync(file)
  onTestFinished(() => other.close())
  return {
    said,
    other,
    erase: () => erase?.(person, { yes: true }),
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
