import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { type Gate, openGate } from './gate.ts'
import { startServer, type TestServer } from './server.ts'

/** One server, a wire that can be cut, and as many browsers as the story needs. */
export interface World {
  server: TestServer
  gate: Gate
  openBrowser(): Promise<TestBrowser>
  end(): Promise<void>
}

export const openWorld = async (): Promise<World> => {
  const server = await startServer()
  const gate = await openGate(() => server.port)
  const browsers: TestBrowser[] = []
  return {
    server,
    gate,
    openBrowser: async () => {
      const browser = await openBrowser()
      browsers.push(browser)
      return browser
    },
    end: async () => {
      await Promise.all(browsers.map((browser) => browser.remove()))
      await gate.close()
      await server.remove()
    },
  }
}

/** A world of this test alone, which ends with it. */
export const newWorld = async (): Promise<World> => {
  const world = await openWorld()
  onTestFinished(() => world.end())
  return world
}

/** A world with one browser, signed in, with every text on the device. */
export const newTraveller = async (
  code: string,
): Promise<{ world: World; browser: TestBrowser; page: Page; origin: string }> => {
  const world = await newWorld()
  const browser = await world.openBrowser()
  await signIn(browser.page, world.gate.origin, code)
  await waitUntilOfflineReady(browser.page)
  return { world, browser, page: browser.page, origin: world.gate.origin }
}

/** Opens a sign-in link and presses its button; ends on the line. */
export const signIn = async (page: Page, origin: string, code: string): Promise<void> => {
  await page.goto(`${origin}${paths.signIn(code)}`)
  await page.getByRole('button', { name: /Logg inn/ }).click()
  await page.waitForURL(`${origin}/`)
  await page.getByRole('navigation', { name: /Lina|Linjen/ }).waitFor({ state: 'attached' })
}

/** The service worker controls the page and every text of the programme is on the device. */
export const waitUntilOfflineReady = async (page: Page): Promise<void> => {
  // Some hundred files and texts, on a machine that may be doing much else.
  const patience = { timeout: 60_000 }
  const isControlled = () => navigator.serviceWorker.controller !== null
  await page.waitForFunction(isControlled, undefined, patience)
  await page.waitForFunction(
    async () => {
      const open = indexedDB.open('loft-content')
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        open.onsuccess = () => resolve(open.result)
        open.onerror = () => reject(open.error)
      })
      const count = (store: string): Promise<number> =>
        new Promise((resolve) => {
          const request = db.transaction(store).objectStore(store).count()
          request.onsuccess = () => resolve(request.result)
        })
      const [programmes, texts] = await Promise.all([count('programmes'), count('texts')])
      db.close()
      return programmes === 1 && texts > 90
    },
    undefined,
    patience,
  )
}
