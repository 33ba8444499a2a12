import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test, vi } from 'vitest'
import { decodeAnswer, type ScopeAnswer } from '../../../src/shared/protocol/frames.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { programCopy, run, server, start } from '../program.ts'
import { makeDatabase } from '../store/postgres-database.ts'
import { frame, own, push, texts } from '../sync/sync-client.ts'

// Real processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 90_000 })

const signIn = async (base: string, code = 'demo-deltakar-stord'): Promise<string> => {
  const response = await fetch(base + paths.session, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const sync = async (base: string, cookie: string, pushed: string[] = []): Promise<ScopeAnswer> => {
  const pushes = pushed.map((text) => push(`${own}/visjon`, text))
  const response = await fetch(base + paths.sync, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(frame([{ id: own, pushes }])),
  })
  const [answer] = decodeAnswer(new Uint8Array(await response.arrayBuffer())).scopes
  if (!answer) throw new Error('no answer about the scope')
  return answer
}

type Env = Record<string, string>

/** As `npm run <command>` ends, with what it printed. */
const maintain = async (folder: string, env: string | Env, ...args: string[]) => {
  const settings = typeof env === 'string' ? { LOFT_DATA_DIR: env } : env
  const running = run(['node', 'src/server/maintenance.ts', ...args], folder, settings)
  const { code } = await running.ended
  return { code, output: running.output() }
}

test.for(['sqlite', 'postgresql'])(
  'a backup of a server on %s that is being written to is restored, with a new epoch',
  async (kind) => {
    const folder = programCopy()
    const dataDir = join(temporaryFolder(), 'data')
    const env: Env = { LOFT_DATA_DIR: dataDir }
    if (kind === 'postgresql') {
      env.LOFT_DATABASE_URL = await makeDatabase()
      env.LOFT_DEMO = '1'
    }
    const first = await start(server, folder, env)
    const cookie = await signIn(first.base)
    const acknowledged: string[] = []
    let writing = true
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        const { acks } = await sync(first.base, cookie, [`ord ${n}`])
        if (acks[0] === 'accepted') acknowledged.push(`ord ${n}`)
      }
    })()
    while (acknowledged.length < 5) await new Promise((done) => setTimeout(done, 10))
    const before = [...acknowledged]
    const { code, output } = await maintain(folder, env, 'backup')
    writing = false
    await writer
    expect(output).toMatch(/^Backup written: .*\.ndjson\.gz$/m)
    expect(code).toBe(0)
    const [name = ''] = readdirSync(join(dataDir, 'backups'))
    const file = join(dataDir, 'backups', name)
    expect(statSync(file).mode & 0o777).toBe(0o600)

    // Not while it runs, and not over words that nobody has said may go.
    const running = await maintain(folder, env, 'restore', file, '--replace')
    expect(running).toMatchObject({
      code: 1,
      output: expect.stringContaining('a server is running'),
    })
    const { epoch, head } = await sync(first.base, cookie, ['etter reservekopien'])
    first.child.kill('SIGTERM')
    expect(await first.ended).toEqual({ code: 0, signal: null })
    const unasked = await maintain(folder, env, 'restore', file)
    expect(unasked).toMatchObject({ code: 1, output: expect.stringContaining('--replace') })
    const done = await maintain(folder, env, 'restore', file, '--replace')
    expect(done.output).toMatch(/^Restored: /m)
    expect(done.code).toBe(0)

    const second = await start(server, folder, env)
    // People stay signed in.
    const after = await sync(second.base, cookie)
    expect(after.epoch).not.toBe(epoch)
    expect(after.head).toBeLessThan(head)
    expect(texts(after.items)).toEqual(expect.arrayContaining(before))
    expect(after.items.map(({ seq }) => seq)).toEqual(after.items.map((_, index) => index + 1))
    // Into an empty folder too, from whichever database.
    const elsewhere = join(temporaryFolder(), 'data')
    expect(await maintain(folder, elsewhere, 'restore', file)).toMatchObject({ code: 0 })
  },
)

test('a server that was killed leaves no lock behind', async () => {
  const folder = programCopy()
  const dataDir = join(temporaryFolder(), 'data')
  const first = await start(server, folder, { LOFT_DATA_DIR: dataDir })
  await maintain(folder, dataDir, 'backup', join(dataDir, 'x.gz'))
  first.child.kill('SIGKILL')
  await first.ended
  const restored = await maintain(folder, dataDir, 'restore', join(dataDir, 'x.gz'), '--replace')
  expect(restored).toMatchObject({ code: 0 })
})

test('somebody is erased while the server runs, and stays so over a restart', async () => {
  const folder = programCopy()
  const dataDir = join(temporaryFolder(), 'data')
  const first = await start(server, folder, { LOFT_DATA_DIR: dataDir })
  const cookie = await signIn(first.base)
  const marker = 'HemmelegOrdSomSkalBort'
  await sync(first.base, cookie, [marker])
  const unsure = await maintain(folder, dataDir, 'erase', 'deltakar-stord')
  expect(unsure).toMatchObject({ code: 1, output: expect.stringContaining('--yes') })
  expect((await sync(first.base, cookie)).head).toBe(1)

  const done = await maintain(folder, dataDir, 'erase', 'deltakar-stord', '--yes')
  expect(done.output).toContain('1 own documents')
  expect(done).toMatchObject({ code: 0, output: expect.stringContaining('Erased') })
  for (const name of readdirSync(dataDir).filter((one) => one.startsWith('loft.'))) {
    expect(readFileSync(join(dataDir, name)).includes(marker), name).toBe(false)
  }
  const response = await fetch(first.base + paths.me, { headers: { cookie } })
  expect(response.status).toBe(401)
  expect(await sync(first.base, cookie, ['etterpå'])).toMatchObject({ status: 'gone', acks: [] })
  first.child.kill('SIGTERM')
  expect(await first.ended).toEqual({ code: 0, signal: null })

  // The demonstration makes its people anew at each start; the ledger is stronger.
  const second = await start(server, folder, { LOFT_DATA_DIR: dataDir })
  await expect(signIn(second.base)).rejects.toThrow()
  expect((await sync(second.base, cookie)).status).toBe('gone')
  expect(second.output()).not.toContain('not erased')
  second.child.kill('SIGTERM')
  await second.ended
  const db = new DatabaseSync(join(dataDir, 'loft.sqlite'), { readOnly: true })
  const rows = db.prepare("select * from membership where person = 'deltakar-stord'").all()
  db.close()
  expect(rows).toEqual([])
})

test('what cannot be done is told in one line', async () => {
  const folder = programCopy()
  const dataDir = join(temporaryFolder(), 'data')
  const told = async (args: string[], code: number, text: string) => {
    const { output, ...end } = await maintain(folder, dataDir, ...args)
    expect(output).toContain(text)
    expect(output).not.toContain('    at ')
    expect(end).toEqual({ code })
  }
  await told(['backup'], 1, 'there is no database')
  await told(['restore', 'finst-ikkje.gz'], 1, 'there is no file')
  await told(['restore', 'package.json', '--replace'], 1, 'it is no backup of Løft')
  await told(['erase', 'nokon'], 1, 'there is no person')
  await told(['tull'], 2, 'usage: npm run backup')
  await told(['restore', 'a', '--tull'], 2, 'usage: npm run backup')
  expect(existsSync(join(dataDir, 'backups'))).toBe(false)
})
