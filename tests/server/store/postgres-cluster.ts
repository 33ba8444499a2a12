import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface Cluster {
  /** The address of a database in it. */
  urlOf(database: string): string
  stop(): Promise<void>
}

/**
 * A PostgreSQL of our own, empty, with fsync on, in a temporary folder. It is reached by a Unix socket there, so that no other
 * program's port is in the way, and ends with this process, however that ends.
 */
export const startCluster = async (): Promise<Cluster> => {
  const bin = folderOfBinaries()
  const folder = mkdtempSync(join(tmpdir(), 'loft-postgres-'))
  const data = join(folder, 'data')
  const runAs = ['--pdeathsig', 'QUIT', ...unprivileged(folder), '--']
  try {
    const init = ['-D', data, '-U', 'loft', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']
    execFileSync('setpriv', [...runAs, join(bin, 'initdb'), ...init], { stdio: 'pipe' })
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${folder}`,
      'max_connections=200',
    ]
    const server = spawn(
      'setpriv',
      [...runAs, join(bin, 'postgres'), '-D', data, ...settings.flatMap((one) => ['-c', one])],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    await isReady(server)
    return {
      urlOf: (database) => `postgres://localhost/${database}?host=${folder}&user=loft`,
      stop: async () => {
        await end(server)
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

const folderOfBinaries = (): string => {
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const debian = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => versionOf(b) - versionOf(a))
  const found = [...debian, ...onPath].find((folder) => existsSync(join(folder, 'initdb')))
  if (!found) throw new Error('PostgreSQL is not installed: `npm test` does that')
  return found
}
const versionOf = (folder: string): number => Number(/(\d+)\/bin$/.exec(folder)?.[1] ?? 0)

/** PostgreSQL refuses to run as root: then another user gets the folder. */
const unprivileged = (folder: string): string[] => {
  if (process.getuid?.() !== 0) return []
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((which) => {
      try {
        return Number(execFileSync('id', [which, user], { stdio: 'pipe' }))
      } catch {
        return null
      }
    })
    if (!uid || !gid) continue
    chownSync(folder, uid, gid)
    return [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  }
  throw new Error('no user but root')
}

const isReady = (server: ChildProcess): Promise<void> =>
  new Promise((done, fail) => {
    let log = ''
    server.stderr?.setEncoding('utf8').on('data', (part: string) => {
      log = (log + part).slice(-5000)
      if (log.includes('ready to accept connections')) done()
    })
    server.on('error', fail)
    server.on('close', (code) => fail(new Error(`PostgreSQL ended with ${code}: ${log}`)))
  })

const end = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((done) => server.once('close', done))
  server.kill('SIGINT') // breaks connections off
  await ended
}
