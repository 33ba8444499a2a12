import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { paths } from '../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { pull, signIn, sync } from './over-http.ts'
import { programCopy, run, server, start } from './program.ts'
import { makeDatabase, openStore } from './store/postgres-database.ts'
import { frame, own, push, texts } from './sync/sync-client.ts'

// Real processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

const environment = (url: string, more: Record<string, string> = {}) => ({
  LOFT_DATA_DIR: join(temporaryFolder(), 'data'),
  LOFT_DATABASE_URL: url,
  ...more,
})

test('two nodes that start at once on one empty PostgreSQL are one server', async () => {
  const folder = programCopy()
  const url = await makeDatabase()
  const demo = { LOFT_DEMO: '1' }
  const nodes = await Promise.all([1, 2].map(() => start(server, folder, environment(url, demo))))
  const [a, b] = nodes.map(({ base }) => base) as [string, string]
  const health = await (await fetch(a + paths.health)).json()
  expect(health).toMatchObject({ status: 'ok', database: 'postgresql' })

  // A session, words, the programme: of one node, known to the other.
  const cookie = await signIn(a)
  const pushes = [push(`${own}/visjon`, 'på den eine')]
  const { acks } = await sync(b, cookie, frame([{ id: own, pushes }]))
  expect(acks).toEqual(['accepted'])
  expect(texts((await pull(a, cookie)).items)).toEqual(['på den eine'])
  for (const base of [a, b]) {
    const programme = await fetch(base + paths.programme, { headers: { cookie } })
    expect(programme.status).toBe(200)
  }

  // One dies, the other goes on; a third takes its place.
  nodes[0]?.child.kill('SIGKILL')
  expect(texts((await pull(b, cookie)).items)).toEqual(['på den eine'])
  const third = await start(server, folder, environment(url, demo))
  expect(texts((await pull(third.base, cookie)).items)).toEqual(['på den eine'])
  third.child.kill('SIGTERM')
  expect(await third.ended).toEqual({ code: 0, signal: null })
  for (const { output } of nodes) expect(output()).not.toMatch(/[Ee]rror|not imported/)
})

test('a node whose connections all broke answers again, and ends well', async () => {
  const url = await makeDatabase()
  const { base, child, ended } = await start(server, programCopy(), environment(url))
  const store = openStore(url)
  onTestFinished(() => store.close())
  // As when PostgreSQL is restarted.
  const { rows } = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(store.db)
  expect(rows.length).toBeGreaterThan(0)
  await vi.waitFor(async () => expect((await fetch(base + paths.health)).status).toBe(200), {
    timeout: 20_000,
  })
  child.kill('SIGTERM')
  expect(await ended).toEqual({ code: 0, signal: null })
})

test('with PostgreSQL there is no demonstration, but one way in for an administrator', async () => {
  const { base, output } = await start(server, programCopy(), environment(await makeDatabase()))
  expect(output()).not.toContain('demo')
  expect(output().match(/\/inn\//g)).toHaveLength(1)
  await expect(signIn(base)).rejects.toThrow('wrong-code')
})

test('a database that does not answer is told in one line, without its password', async () => {
  for (const url of [
    'postgres://loft:hemmeleg@127.0.0.1:1/loft',
    'postgres://loft:hemmeleg@finst-ikkje.invalid/loft',
    (await makeDatabase())
      .replace('localhost', 'loft:hemmeleg@localhost')
      .replace(/test_\w+/, 'ingen'),
    'postgres://loft:hemmeleg@127.0.0.1:1/loft?sslmode=hemmeleg&sslrootcert=/hemmeleg',
  ]) {
    const { ended, output } = run(server, programCopy(), environment(url))
    expect(await ended).toMatchObject({ code: 1 })
    expect(output()).toMatch(/^Løft cannot start:\n {2}LOFT_DATABASE_URL: \S.*\n$/)
    expect(output()).not.toContain('loft:hemmeleg')
  }
})
