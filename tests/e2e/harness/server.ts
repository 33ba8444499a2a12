import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Names the variable with the folder that template-setup.ts has made. */
export const templateName = 'LOFT_TEST_TEMPLATE'

/** The real server as a process of its own, with its own data. */
export interface TestServer {
  port: number
  origin: string
  /** Folder of its data. */
  data: string
  /** What it printed before it was ready. */
  lines: string[]
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same data; the port may be another. */
  start(): Promise<void>
  remove(): Promise<void>
}

/** `settings` = environment beside or in place of what each server here has. */
export const startServer = async (settings: Record<string, string> = {}): Promise<TestServer> => {
  const data = mkdtempSync(join(tmpdir(), 'loft-server-'))
  const { [templateName]: template } = process.env
  if (template) cpSync(join(template, 'data'), data, { recursive: true })
  let child: ChildProcess | null = null
  const server: TestServer = {
    port: 0,
    origin: '',
    data,
    lines: [],
    start: async () => {
      const started = spawn('node', ['src/server/main.ts'], {
        env: {
          ...process.env,
          ...(template && { LOFT_CONTENT_DIR: join(template, 'content') }),
          PORT: '0',
          HOST: '127.0.0.1',
          LOFT_DATA_DIR: data,
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child = started
      server.lines = []
      for await (const line of createInterface({ input: started.stdout })) {
        server.lines.push(line)
        const ready = /^Løft is ready: (http:\/\/localhost:(\d+))$/.exec(line)
        if (!ready) continue
        server.origin = ready[1] ?? ''
        server.port = Number(ready[2])
        return
      }
      throw new Error(`the server ended: ${server.lines.join('\n')}`)
    },
    stop: async (signal = 'SIGTERM') => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
      child = null
    },
    remove: async () => {
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}
