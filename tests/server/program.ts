import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { edited, type Files, sample, writePackage } from './content/sample-package.ts'

const repo = resolve(import.meta.dirname, '../..')
const smallProgramme: Files = {
  ...sample,
  ...edited('programme.yaml', 'id: base', 'id: kompetanseloft-vestland'),
}

/**
 * A copy of what the server needs to run, with a small programme and a page that needs no build. What is built or edited
 * in this repo meanwhile does not touch it.
 */
export const programCopy = (changes: Files = {}): string => {
  const folder = temporaryFolder()
  for (const part of [
    'src/server',
    'src/shared',
    'locales',
    'scripts/run.sh',
    'package.json',
    'package-lock.json',
  ]) {
    cpSync(join(repo, part), join(folder, part), { recursive: true })
  }
  symlinkSync(join(repo, 'node_modules'), join(folder, 'node_modules'))
  writeProgramme(folder, changes)
  for (const part of ['public', 'src/client', 'src/sw', 'dist']) {
    mkdirSync(join(folder, part))
  }
  for (const file of ['index.html', 'vite.config.ts', 'dist/index.html', 'dist/sw.js']) {
    writeFileSync(join(folder, file), '<!doctype html><title>Løft</title>')
  }
  // Installed and built long ago, so that run.sh neither installs nor builds.
  utimesSync(join(folder, 'package-lock.json'), 1, 1)
  const later = Date.now() / 1000 + 60
  utimesSync(join(folder, 'dist/sw.js'), later, later)
  return folder
}

export const writeProgramme = (folder: string, changes: Files = {}): void => {
  const content = join(folder, 'content')
  const target = writePackage(content, 'kompetanseloft-vestland', { ...smallProgramme, ...changes })
  const fixtures = join(repo, 'tests/fixtures/content')
  cpSync(join(fixtures, 'film.mp4'), join(target, 'modules/strategi/film/film.mp4'))
  cpSync(join(fixtures, 'lyd.m4a'), join(target, 'tracks/folkevalde/lyd/lyd.m4a'))
}

export interface Running {
  child: ChildProcess
  base: string
  output: () => string
  /** Exit code and signal. */
  ended: Promise<{ code: number | null; signal: string | null }>
}

type Env = Record<string, string>

/** A process in a group of its own; the group is killed when the test is over. */
export const run = (command: string[], folder: string, env: Env): Omit<Running, 'base'> => {
  const [file = '', ...args] = command
  const child = spawn(file, args, {
    cwd: folder,
    detached: true,
    env: { HOME: process.env.HOME ?? '', PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  const ended = new Promise<{ code: number | null; signal: string | null }>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => done({ code, signal }))
  })
  onTestFinished(() => {
    if (groupLives(child)) process.kill(-(child.pid ?? 0), 'SIGKILL')
  })
  return { child, ended, output: () => text }
}

/** The same, once it says that it is ready. */
export const start = async (command: string[], folder: string, env: Env): Promise<Running> => {
  const running = run(command, folder, env)
  const base = await new Promise<string>((done, fail) => {
    running.child.stdout?.on('data', () => {
      const ready = /^Løft is ready: (\S+)$/m.exec(running.output())
      if (ready?.[1]) done(ready[1])
    })
    running.ended.then(
      ({ code }) => fail(new Error(`ended with ${code}: ${running.output()}`)),
      fail,
    )
  })
  return { ...running, base }
}

export const server = ['node', 'src/server/main.ts']

/** Is any process of this one's group still there? */
export const groupLives = ({ pid }: ChildProcess): boolean => {
  if (!pid) return false
  try {
    process.kill(-pid, 0)
    return true
  } catch {
    return false
  }
}
