import { existsSync, readdirSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { decodeAnswer } from '../../src/shared/protocol/frames.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { edited } from './content/sample-package.ts'
import { pull, signIn, sync } from './over-http.ts'
import {
  groupLives,
  programCopy,
  type Running,
  run,
  server,
  start,
  writeProgramme,
} from './program.ts'
import { frame, own, push, texts } from './sync/sync-client.ts'

// Real processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

/** A sync whose headers the server has and whose body is half sent. */
const halfSync = async (base: string, cookie: string, body: Buffer) => {
  const { hostname, port, host } = new URL(base)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => {
    socket.destroy()
  })
  const chunks: Buffer[] = []
  let onChunk = () => {}
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    onChunk()
  })
  const closed = new Promise<void>((done) => {
    socket.on('close', () => done())
    socket.on('error', () => done())
  })
  const head = [
    `POST ${paths.sync} HTTP/1.1`,
    `Host: ${host}`,
    `Cookie: ${cookie}`,
    'Content-Type: application/octet-stream',
    `Content-Length: ${body.length}`,
    'Expect: 100-continue',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await new Promise<void>((done, fail) => {
    onChunk = () => (Buffer.concat(chunks).includes('100 Continue') ? done() : undefined)
    void closed.then(() => fail(new Error('closed before the body')))
  })
  const middle = Math.floor(body.length / 2)
  socket.write(body.subarray(0, middle))
  return {
    finish: async (): Promise<{ head: string; body: Buffer }> => {
      socket.write(body.subarray(middle))
      await closed
      const parts = Buffer.concat(chunks).subarray('HTTP/1.1 100 Continue\r\n\r\n'.length)
      const split = parts.indexOf('\r\n\r\n')
      return { head: parts.subarray(0, split).toString(), body: parts.subarray(split + 4) }
    },
  }
}

/** Resolves once the server takes no new connection: it has begun to stop. */
const stopsListening = async (base: string): Promise<void> => {
  const { hostname, port } = new URL(base)
  for (let taken = true; taken; ) {
    taken = await new Promise<boolean>((done) => {
      const socket = connect(Number(port), hostname)
      socket.on('connect', () => {
        socket.destroy()
        done(true)
      })
      socket.on('error', () => done(false))
    })
  }
}

/** `npm start` as on a machine with a Node of its own: the pinned one is not on the PATH. */
const npmStart = (folder: string, dataDir: string): Promise<Running> => {
  const path = process.env.PATH?.split(delimiter).filter((part) => !part.includes('node_modules'))
  return start(['npm', 'start'], folder, {
    LOFT_DATA_DIR: dataDir,
    PATH: path?.join(delimiter) ?? '',
  })
}

test('npm start prints the demonstration links and where it is ready, last', async () => {
  const { base, output } = await npmStart(programCopy(), join(temporaryFolder(), 'data'))
  expect(base).toMatch(/^http:\/\/localhost:\d+$/)
  const lines = output().trim().split('\n')
  expect(lines.at(-1)).toBe(`Løft is ready: ${base}`)
  const links = lines
    .map((line) => /(http\S+\/inn\/(\S+))$/.exec(line))
    .filter((link) => link !== null)
  expect(links.map(([, , code]) => code)).toEqual([
    'demo-deltakar-stord',
    'demo-deltakar-sunnfjord',
    'demo-politikar-stord',
    'demo-ressursperson-stord',
    'demo-gruppe-stord',
    'demo-administrator',
  ])
  expect(lines.at(-2)).toMatch(
    /^ {2}Folkevalde, Stord +http\S+\/folkevalde\/demo-folkevalde-stord$/,
  )
  for (const [, link = '', code = ''] of links) {
    expect(await (await fetch(link)).text()).toContain('<title>Løft</title>')
    const cookie = await signIn(base, code)
    const programme = await fetch(base + paths.programme, { headers: { cookie } })
    expect(programme.status).toBe(200)
  }
  expect(output()).not.toMatch(/Installing|Building|[Ww]arning|Error/)
})

test('kill -9 under load loses nothing that was acknowledged', async () => {
  const folder = programCopy()
  const env = { LOFT_DATA_DIR: join(temporaryFolder(), 'data') }
  const first = await start(server, folder, env)
  const cookie = await signIn(first.base)

  const acknowledged: string[] = []
  const write = async (writer: number): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const text = `${writer}.${n}`
      const body = frame([{ id: own, pushes: [push(`${own}/visjon`, text)] }], 1)
      const answer = await sync(first.base, cookie, body).catch(() => null)
      if (answer?.acks[0] !== 'accepted') return
      acknowledged.push(text)
      if (acknowledged.length === 100) first.child.kill('SIGKILL')
    }
  }
  await Promise.all([1, 2, 3, 4].map(write))
  expect(await first.ended).toMatchObject({ signal: 'SIGKILL' })
  expect(acknowledged.length).toBeGreaterThanOrEqual(100)

  const second = await start(server, folder, env)
  const { items, head } = await pull(second.base, cookie)
  expect(texts(items)).toEqual(expect.arrayContaining(acknowledged))
  expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => index + 1))
  expect(head).toBe(items.length)
})

test('SIGTERM to npm start finishes the sync under way, and leaves no process behind', async () => {
  const folder = programCopy()
  const dataDir = join(temporaryFolder(), 'data')
  const first = await npmStart(folder, dataDir)
  const cookie = await signIn(first.base)
  const pushed = push(`${own}/visjon`, 'sendt i siste liten '.repeat(1000))
  const underWay = await halfSync(first.base, cookie, frame([{ id: own, pushes: [pushed] }], 1))

  first.child.kill('SIGTERM')
  await stopsListening(first.base)
  const { head, body } = await underWay.finish()
  expect(head).toMatch(/^HTTP\/1.1 200 OK/)
  expect(decodeAnswer(body).scopes[0]?.acks).toEqual(['accepted'])
  expect(await first.ended).toEqual({ code: 0, signal: null })
  expect(groupLives(first.child)).toBe(false)

  const second = await npmStart(folder, dataDir)
  expect((await pull(second.base, cookie)).items.map((item) => item.update)).toEqual([
    pushed.update,
  ])
})

test('SIGTERM to the server itself ends it well, idle connections or not', async () => {
  const { base, child, ended } = await start(server, programCopy(), {
    LOFT_DATA_DIR: join(temporaryFolder(), 'data'),
  })
  await pull(base, await signIn(base)) // fetch keeps its connection open
  child.kill('SIGTERM')
  expect(await ended).toEqual({ code: 0, signal: null })
})

test('a request that never ends holds a stopping server up for seconds, not for ever', async () => {
  const { base, child, ended } = await start(server, programCopy(), {
    LOFT_DATA_DIR: join(temporaryFolder(), 'data'),
  })
  await halfSync(base, await signIn(base), frame([{ id: own }]))
  child.kill('SIGTERM')
  expect(await ended).toEqual({ code: 1, signal: null })
})

test('a second signal does not wait', async () => {
  const { base, child, ended } = await start(server, programCopy(), {
    LOFT_DATA_DIR: join(temporaryFolder(), 'data'),
  })
  await halfSync(base, await signIn(base), frame([{ id: own }]))
  const asked = performance.now()
  child.kill('SIGTERM')
  await stopsListening(base)
  child.kill('SIGTERM')
  expect(await ended).toEqual({ code: 1, signal: null })
  expect(performance.now() - asked).toBeLessThan(6000) // of the eight seconds that the first would wait
})

test('the data folder and the database are readable by nobody else on the machine', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const { base } = await start(server, programCopy(), { LOFT_DATA_DIR: dataDir })
  await pull(base, await signIn(base))
  const files = readdirSync(dataDir).filter((name) => name.startsWith('loft.sqlite'))
  expect(files).toEqual(expect.arrayContaining(['loft.sqlite', 'loft.sqlite-wal']))
  for (const file of ['', ...files])
    expect([file, statSync(join(dataDir, file)).mode & 0o077]).toEqual([file, 0])
})

test('starting again keeps sessions, dates and the programme', async () => {
  const folder = programCopy()
  const env = { LOFT_DATA_DIR: join(temporaryFolder(), 'data') }
  const read = async (base: string, cookie: string) => {
    const get = async (path: string) => (await fetch(base + path, { headers: { cookie } })).json()
    return [await get(paths.me), await get(paths.programme)]
  }
  const first = await start(server, folder, env)
  const cookie = await signIn(first.base)
  const before = await read(first.base, cookie)
  first.child.kill('SIGTERM')
  await first.ended
  const second = await start(server, folder, env)
  expect(await read(second.base, cookie)).toEqual(before)
  expect(second.output()).not.toContain('raise its version')
})

test('a changed package without a new version is told, and the published one is served', async () => {
  const folder = programCopy()
  const env = { LOFT_DATA_DIR: join(temporaryFolder(), 'data') }
  const first = await start(server, folder, env)
  first.child.kill('SIGTERM')
  await first.ended
  writeProgramme(folder, { 'modules/strategi/klart/nn.md': 'Noko anna.\n' })
  const second = await start(server, folder, env)
  expect(second.output()).toContain(
    'kompetanseloft-vestland 1.0.0 is published and stays as it was',
  )
  const cookie = await signIn(second.base)
  expect((await fetch(second.base + paths.programme, { headers: { cookie } })).status).toBe(200)
})

test('a package with a mistake is told with file and line, and the published one is served', async () => {
  const folder = programCopy()
  const env = { LOFT_DATA_DIR: join(temporaryFolder(), 'data') }
  const first = await start(server, folder, env)
  first.child.kill('SIGTERM')
  await first.ended
  writeProgramme(folder, edited('modules/strategi/film/item.yaml', 'minutes: 2', 'minutes: 200'))
  const second = await start(server, folder, env)
  expect(second.output()).toMatch(/modules\/strategi\/film\/item\.yaml:\d+: /)
  const cookie = await signIn(second.base)
  expect((await fetch(second.base + paths.programme, { headers: { cookie } })).status).toBe(200)
})

test.for([
  ['a public address', { LOFT_PUBLIC_URL: 'https://loft.example.org' }],
  ['an address that others reach', { HOST: '0.0.0.0' }],
  ['a plain no', { LOFT_DEMO: '0' }],
] as const)(
  'with %s there is no demonstration, but one way in for an administrator',
  async ([, settings]) => {
    const dataDir = join(temporaryFolder(), 'data')
    const { child, ended, output } = await start(server, programCopy(), {
      LOFT_DATA_DIR: dataDir,
      ...settings,
    })
    expect(output()).not.toContain('demo')
    expect(output().match(/\/inn\//g)).toHaveLength(1)
    child.kill('SIGTERM')
    await ended
    const db = new DatabaseSync(join(dataDir, 'loft.sqlite'), { readOnly: true })
    expect(
      db.prepare('select role, name, demo from person join sign_in_code on person = id').all(),
    ).toEqual([{ role: 'administrator', name: 'Administrator, Løft', demo: 0 }])
    db.close()
  },
)

test('the first administrator comes in once, by the link of the last start', async () => {
  const folder = programCopy()
  const settings = { LOFT_DATA_DIR: join(temporaryFolder(), 'data'), LOFT_DEMO: '0' }
  const codeIn = (text: string): string => /\/inn\/([a-z0-9]+)/.exec(text)?.[1] ?? ''
  const first = await start(server, folder, settings)
  first.child.kill('SIGTERM')
  await first.ended
  const second = await start(server, folder, settings)
  await expect(signIn(second.base, codeIn(first.output()))).rejects.toThrow('wrong-code')
  const cookie = await signIn(second.base, codeIn(second.output()))
  await expect(signIn(second.base, codeIn(second.output()))).rejects.toThrow('code-expired')
  const me = await fetch(`${second.base}${paths.me}`, { headers: { cookie } })
  expect(await me.json()).toMatchObject({ role: 'administrator', network: 'Løft' })
  second.child.kill('SIGTERM')
  await second.ended
  const third = await start(server, folder, settings)
  expect(third.output()).not.toContain('/inn/')
})

test('wrong settings are all told, and nothing is made', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const { ended, output } = run(server, programCopy(), {
    LOFT_DATA_DIR: dataDir,
    PORT: 'x',
    LOFT_DEMO: 'x',
    LOFT_PUBLIC_URL: 'x',
  })
  expect(await ended).toMatchObject({ code: 1 })
  for (const name of ['PORT', 'LOFT_DEMO', 'LOFT_PUBLIC_URL'])
    expect(output()).toContain(`  ${name}: `)
  expect(existsSync(dataDir)).toBe(false)
})

test('a port that is taken is told in one line', async () => {
  const folder = programCopy()
  const { base } = await start(server, folder, { LOFT_DATA_DIR: join(temporaryFolder(), 'data') })
  const port = new URL(base).port
  const { ended, output } = run(server, folder, {
    LOFT_DATA_DIR: join(temporaryFolder(), 'data'),
    PORT: port,
  })
  expect(await ended).toMatchObject({ code: 1 })
  expect(output()).toContain(`PORT: ${port} is taken`)
  expect(output()).not.toContain('    at ')
})
