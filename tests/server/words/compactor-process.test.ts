import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test, vi } from 'vitest'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  createDocument,
  onLocalUpdate,
  plainOfUpdates,
  writeText,
} from '../../../src/shared/words/document.ts'
import { rivals } from '../../shared/words/rivals.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { pull, signIn, sync } from '../over-http.ts'
import { programCopy, start } from '../program.ts'
import { frame, own, push } from '../sync/sync-client.ts'

// Real processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

/** Composed as main.ts does it, but for one setting: it compacts all the time. */
const eagerServer = `
import { mkdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { readConfig } from './src/server/config.ts'
import { startServer } from './src/server/start-server.ts'
import { sqliteStore } from './src/server/store/sqlite.ts'

const { config } = readConfig(process.env)
mkdirSync(config.dataDir, { recursive: true })
const openSqlite = (file) => new DatabaseSync(file)
const server = await startServer({
  config,
  store: sqliteStore(openSqlite(config.dataDir + '/loft.sqlite')),
  openSqlite,
  root: import.meta.dirname,
  warn: (line) => console.error(line),
  compaction: { everyMs: 1, limits: { updates: 3, quietMs: 0 }, longestMs: 3000 },
})
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
console.info('Løft is ready: http://localhost:' + server.port)
`

test('a server compacts while people write, and is stopped in the middle: every word is there', async () => {
  const folder = programCopy()
  writeFileSync(join(folder, 'eager.ts'), eagerServer)
  const dataDir = join(temporaryFolder(), 'data')
  const running = await start(['node', 'eager.ts'], folder, { LOFT_DATA_DIR: dataDir })
  const cookie = await signIn(running.base)

  const acknowledged: string[] = []
  const documents = [1, 2, 3].map((n) => `${own}/ark-${n}`)
  const write = async (writer: number, id: string): Promise<void> => {
    const document = createDocument()
    const updates: Uint8Array[] = []
    onLocalUpdate(document, (update) => updates.push(update))
    for (let n = 0; ; n++) {
      writeText(document, `f/felt-${n}/${writer}`, `${writer} skreiv ${n}`)
      const pushes = updates.splice(0).map((update) => push(id, update))
      const answer = await sync(running.base, cookie, frame([{ id: own, pushes }], 1)).catch(
        () => null, // it does not answer any more
      )
      if (answer?.acks[0] !== 'accepted') return
      acknowledged.push(`${id} ${writer} skreiv ${n}`)
    }
  }
  const writing = Promise.all(documents.flatMap((id) => [1, 2, 3].map((n) => write(n, id))))
  // Snapshots are what others get of it meanwhile.
  await vi.waitFor(
    async () => {
      const { items } = await pull(running.base, cookie)
      expect(items.filter(({ kind }) => kind === 'snapshot')).toHaveLength(3)
      expect(acknowledged.length).toBeGreaterThan(300)
    },
    { timeout: 30_000, interval: 20 },
  )
  running.child.kill('SIGTERM')
  expect(await running.ended).toEqual({ code: 0, signal: null })
  await writing
  expect(running.output()).not.toMatch(/failed|Error/)

  const db = new DatabaseSync(join(dataDir, 'loft.sqlite'), { readOnly: true })
  type Row = { doc: string; seq: number; bytes: Uint8Array }
  const rowsOf = (from: string) =>
    db.prepare(`select doc, seq, bytes from ${from} order by seq`).all() as unknown as Row[]
  const archived = rowsOf('archive')
  const updates = rowsOf('"update"')
  const snapshots = rowsOf('(select doc, snapshot_seq as seq, snapshot as bytes from document)')
  const { head } = db.prepare('select head from scope where id = ?').get(own) as { head: number }
  db.close()
  const seqs = [...archived, ...updates].map(({ seq }) => seq).sort((a, b) => a - b)
  expect(seqs).toEqual(Array.from({ length: head }, (_, n) => n + 1))
  expect(archived.length).toBeGreaterThan(3)
  for (const id of documents) {
    const bytesOf = (...lists: Row[][]) =>
      lists.flatMap((rows) => rows.flatMap((row) => (row.doc === id ? [row.bytes] : [])))
    const { texts } = plainOfUpdates(bytesOf(snapshots, updates))
    expect(plainOfUpdates(bytesOf(archived, updates)).texts).toEqual(texts)
    const words = Object.values(texts).map((text) => `${id} ${text}`)
    expect(words).toEqual(
      expect.arrayContaining(acknowledged.filter((word) => word.startsWith(`${id} `))),
    )
  }
})

test('words that hold up whoever merges them hold up no server, which leaves them as they are', async () => {
  const folder = programCopy()
  writeFileSync(join(folder, 'eager.ts'), eagerServer)
  const dataDir = join(temporaryFolder(), 'data')
  const running = await start(['node', 'eager.ts'], folder, { LOFT_DATA_DIR: dataDir })
  const cookie = await signIn(running.base)
  const hostile = rivals(12_000)
  const pushes = [hostile, ...'abc'].map((update) => push(`${own}/fiendtleg`, update))
  await sync(running.base, cookie, frame([{ id: own, pushes }], 1))
  const told = () => running.output().includes('too much to merge')
  let asked = 0
  while (!told()) {
    expect((await fetch(running.base + paths.health)).status).toBe(200)
    asked++
  }
  expect(asked).toBeGreaterThan(100)
  expect(running.output().match(/.*too much to merge.*/g)).toHaveLength(1)
  const { items } = await pull(running.base, cookie)
  expect(items.map(({ kind }) => kind)).toEqual(Array(4).fill('update'))
  running.child.kill('SIGTERM')
  expect(await running.ended).toEqual({ code: 0, signal: null })
})

test('a server is stopped at once in the middle of a merge', async () => {
  const folder = programCopy()
  writeFileSync(join(folder, 'eager.ts'), eagerServer)
  const running = await start(['node', 'eager.ts'], folder, {
    LOFT_DATA_DIR: join(temporaryFolder(), 'data'),
  })
  const cookie = await signIn(running.base)
  const pushes = [rivals(12_000), ...'abc'].map((update) => push(`${own}/fiendtleg`, update))
  await sync(running.base, cookie, frame([{ id: own, pushes }], 1))
  for (let n = 0; n < 100; n++) await fetch(running.base + paths.health)
  running.child.kill('SIGTERM')
  expect(await running.ended).toEqual({ code: 0, signal: null })
  expect(running.output()).not.toMatch(/too much|failed|Error/)
})
