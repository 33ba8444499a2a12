import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** A real Chromium with a profile on disk, which can be killed and started again. */
export interface TestBrowser {
  context: BrowserContext
  page: Page
  /** SIGKILL to the whole browser: nothing gets a chance to save. */
  kill(): Promise<void>
  /** Closed as people close it: cookies reach the disk, which a kill right after signing in would prevent. */
  close(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--autoplay-policy=no-user-gesture-required',
  '--remote-debugging-port=0',
  '--window-size=1280,900',
]

export const openBrowser = async (): Promise<TestBrowser> => {
  const profile = mkdtempSync(join(tmpdir(), 'loft-browser-'))
  const portFile = join(profile, 'DevToolsActivePort')
  let child: ChildProcess
  let driver: Browser
  const browser = {
    start: async () => {
      rmSync(portFile, { force: true })
      for (const lock of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
        rmSync(join(profile, lock), { force: true })
      }
      child = spawn('chromium', [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
        stdio: 'ignore',
        detached: true, // a process group of its own, so that a kill takes all of it
      })
      driver = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(profile, portFile)}`)
      const [context] = driver.contexts()
      if (!context) throw new Error('the browser has no context')
      context.setDefaultTimeout(30_000)
      browser.context = context
      browser.page = context.pages()[0] ?? (await context.newPage())
    },
    kill: async () => {
      const ended = once(child, 'exit')
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
      await ended
    },
    close: async () => {
      const ended = once(child, 'exit')
      const session = await driver.newBrowserCDPSession()
      await session.send('Browser.close').catch(() => {}) // the answer may not outlive the browser
      await ended
    },
    remove: async () => {
      await driver.close().catch(() => {})
      if (child.exitCode === null && child.signalCode === null) await browser.kill()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  } as TestBrowser
  await browser.start()
  return browser
}

/** The browser writes the port of its debugging interface to a file once it listens. */
const portOf = async (profile: string, file: string): Promise<number> => {
  const deadline = AbortSignal.timeout(20_000)
  const read = (): number | null => {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
    return port > 0 ? port : null
  }
  const now = read()
  if (now) return now
  return new Promise((resolve, reject) => {
    const watcher = watch(profile, () => {
      const port = read()
      if (!port) return
      watcher.close()
      resolve(port)
    })
    deadline.addEventListener('abort', () => {
      watcher.close()
      reject(new Error('Chromium did not start'))
    })
  })
}
