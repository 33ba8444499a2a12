import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const repo = resolve(import.meta.dirname, '../..')

/** A server as a process of its own. */
export interface Program {
  port: number
  dataDir: string
  start(): Promise<void>
  stop(signal?: NodeJS.Signals): Promise<void>
  /** SIGKILL; not waited for: the signal is on its way when this returns. */
  kill(): void
  /** After a kill, on the same data; the port may be another. */
  restart(): Promise<void>
  /** CPU time of all its threads since its start, ms; and the memory it holds, MB. */
  usage(): { cpuMs: number; rssMb: number; peakMb: number }
}

/** Folders of this run, gone at its end. */
export const temporary = (name: string): string => mkdtempSync(join(tmpdir(), `loft-${name}-`))

/** The real server, from a copy of the sources whose built page is `pageDir`. */
export const loftServer = async (pageDir: string, flags: string[] = []): Promise<Program> => {
  const folder = temporary('program')
  for (const part of ['src/server', 'src/shared', 'locales', 'package.json'])
    cpSync(join(repo, part), join(folder, part), { recursive: true })
  for (const part of ['node_modules', 'content']) symlinkSync(join(repo, part), join(folder, part))
  symlinkSync(pageDir, join(folder, 'dist'))
  const dataDir = temporary('data')
  const program = await startProgram({
    dataDir,
    cwd: folder,
    args: [...flags, 'src/server/main.ts'],
    env: { PORT: '0', HOST: '127.0.0.1', LOFT_DATA_DIR: dataDir },
    ready: /^Løft is ready: http:\/\/localhost:(\d+)$/m,
    folders: [folder, dataDir],
  })
  // Published for good: to read the programme again at every start would take a second each.
  rmSync(join(folder, 'content'))
  mkdirSync(join(folder, 'content'))
  return program
}

/** The bare server of the limit. */
export const limitServer = async (pageDir: string): Promise<Program> => {
  const dataDir = temporary('limit')
  return startProgram({
    dataDir,
    cwd: repo,
    args: [join(import.meta.dirname, 'limit-server.ts'), dataDir, pageDir],
    env: {},
    ready: /^ready (\d+)$/m,
    folders: [dataDir],
  })
}

export interface How {
  dataDir: string
  cwd: string
  args: string[]
  env: Record<string, string>
  ready: RegExp
  folders: string[]
}

const ended: (() => Promise<void>)[] = []

/** Ends every program that was started here, and removes what it wrote. */
export const endPrograms = async (): Promise<void> => {
  for (const end of ended.splice(0)) await end()
}

export const startProgram = async (how: How): Promise<Program> => {
  let child: ChildProcess | null = null
  const isRunning = (): boolean => child?.exitCode === null && child.signalCode === null
  const program: Program = {
    port: 0,
    dataDir: how.dataDir,
    start: async () => {
      const started = spawn(process.execPath, how.args, {
        cwd: how.cwd,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...how.env },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child = started
      program.port = await new Promise<number>((resolve, reject) => {
        let text = ''
        started.stdout.setEncoding('utf8').on('data', (part: string) => {
          text += part
          const port = how.ready.exec(text)?.[1]
          if (port) resolve(Number(port))
        })
        started.on('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)))
      })
    },
    stop: async (signal = 'SIGTERM') => {
      if (!child || !isRunning()) return
      const over = once(child, 'exit')
      child.kill(signal)
      await over
    },
    kill: () => {
      child?.kill('SIGKILL')
    },
    restart: async () => {
      if (child && isRunning()) await once(child, 'exit')
      await program.start()
    },
    usage: () => usageOf(child?.pid ?? 0),
  }
  ended.push(async () => {
    await program.stop()
    for (const folder of how.folders) rmSync(folder, { recursive: true, force: true })
  })
  await program.start()
  return program
}

const usageOf = (pid: number): ReturnType<Program['usage']> => {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  )
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024
  return {
    cpuMs: nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6,
    rssMb: megabytes('VmRSS'),
    peakMb: megabytes('VmHWM'),
  }
}
