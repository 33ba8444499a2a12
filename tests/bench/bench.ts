import type { Page } from 'playwright-core'
import type { TestBrowser } from '../e2e/harness/browser.ts'
import { type Person, sessionCookie } from './people.ts'
import type { Program } from './programs.ts'
import type { Wire } from './wire.ts'

/** What every row has at hand. */
export interface Bench {
  runs: number
  loft: Program
  limit: Program
  /** A wire of its own to a server, for one device. */
  openWire(to: Program): Promise<Wire>
  openBrowser(): Promise<TestBrowser>
  /** A signed-in person whom nobody has used yet. */
  newPeople(count: number): Person[]
  say(line: string): void
}

/** Opens the page of ours, signed in as this person. */
export const openOurs = async (
  page: Page,
  wire: Wire,
  person: Person,
  hash = '',
): Promise<void> => {
  await page.context().addCookies([{ name: sessionCookie, value: person.token, url: wire.origin }])
  await openAnew(page, `${wire.origin}/${hash}`)
  await page.waitForFunction(() => window.ours !== undefined)
  await page.evaluate(() => window.ours.ready)
}

export const openLimit = async (page: Page, wire: Wire, hash = ''): Promise<void> => {
  await openAnew(page, `${wire.origin}/${hash}`)
  await page.waitForFunction(() => window.limit !== undefined)
}

/** A new document, even where only what follows the # is another. */
const openAnew = async (page: Page, address: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(address)
}

/** Runs both as often, in turn, and begins each time with the other. */
export const inTurn = async (
  runs: number,
  first: (run: number) => Promise<void>,
  second: (run: number) => Promise<void>,
): Promise<void> => {
  for (let run = 0; run < runs; run++) {
    const order = run % 2 === 0 ? [first, second] : [second, first]
    for (const part of order) await part(run)
  }
}
