import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { TestBrowser } from './browser.ts'
import type { Gate } from './gate.ts'
import { follow, patience } from './steps.ts'

/** One device at a group's table, behind a wire of its own. */
export interface Seat {
  name: string
  browser: TestBrowser
  gate: Gate
  /** Roles that take turns at it; null = it is one person's. */
  writers: readonly string[] | null
  /** Who writes now. */
  writer: string
}

/** Opens a question of a sheet, by its number from 0. */
export const openQuestion = async (
  { browser: { page } }: Seat,
  path: string,
  question: number,
): Promise<void> => {
  const title = page.locator('.steps-g h1')
  if (new URL(page.url()).pathname !== path) {
    const before = (await title.count()) > 0 ? await title.innerText() : ''
    await follow(page, path)
    await expect.poll(() => title.innerText().catch(() => before), patience).not.toBe(before)
  }
  const step = page
    .getByRole('navigation', { name: 'Stega i oppgåva' })
    .getByRole('button')
    .nth(question)
  await step.click()
  await expect.poll(() => step.getAttribute('aria-current'), patience).toBe('step')
}

export const sitDown = async (seat: Seat, writer: string): Promise<void> => {
  const name = seat.browser.page.getByRole('button', { name: writer, exact: true })
  if ((await name.getAttribute('aria-pressed')) !== 'true') await name.click()
  await expect.poll(() => name.getAttribute('aria-pressed'), patience).toBe('true')
  seat.writer = writer
}

/** Writes at the end of the open question's text: of one's own answer, which is begun if there is none. */
export const writeAnswer = async ({ browser: { page } }: Seat, text: string): Promise<void> => {
  const add = page.locator('.q-g').getByRole('button', { name: 'Legg til eit svar' })
  const own = page.locator('.q-g .group-text textarea').first()
  await add.or(own).first().waitFor()
  if ((await add.count()) > 0) await add.click()
  await append(page, text)
  // A textarea of an agreement comes after one's own.
  async function append(on: Page, words: string): Promise<void> {
    await own.focus()
    await on.keyboard.press('Control+End')
    await on.keyboard.type(`${words} `)
  }
}

/** Writes at the end of a cell of the open question's table. */
export const writeCell = async (
  { browser: { page } }: Seat,
  row: number,
  column: number,
  text: string,
): Promise<void> => {
  const cell = page
    .locator('.q-g tbody tr')
    .nth(row)
    .locator('td')
    .nth(column)
    .getByRole('textbox')
    .first()
  await cell.focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(`${text} `)
}

/** Waits until the device's database holds a word: whatever happens to the browser now, it is kept. */
export const waitUntilStored = ({ browser: { page } }: Seat, word: string): Promise<void> =>
  expect.poll(() => page.evaluate(isStored, word), patience).toBe(true)

/** Runs in the page. */
const isStored = async (word: string): Promise<boolean> => {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('loft-words:')) continue
    const database = await answer(indexedDB.open(name))
    const rows = await answer(database.transaction('docs').objectStore('docs').getAll())
    database.close()
    if (JSON.stringify(rows).includes(word)) return true
  }
  return false
}
