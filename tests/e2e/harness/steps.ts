import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** For what takes a network or a disk. */
export const patience = { timeout: 30_000 }

/** In the menu of any page. */
export const chooseLanguage = async (page: Page, name: 'Nynorsk' | 'Bokmål'): Promise<void> => {
  await page.getByRole('button', { name: 'Meny' }).click()
  const menu = page.getByRole('dialog', { name: 'Meny' })
  await menu.getByRole('radio', { name }).check()
  await menu.getByRole('button', { name: /Lukk/ }).click()
}

/** Follows an address within the page, as a link does: nothing is loaded anew. */
export const follow = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)

/** What the browser tells the page when the network is back. */
export const tellOnline = (page: Page): Promise<void> =>
  page.evaluate(() => {
    dispatchEvent(new Event('online'))
  })

/** The state line at the top says that the server has every word. */
export const waitUntilAllSent = (page: Page): Promise<void> =>
  page
    .getByText(/^Alt er sendt$/)
    .first()
    .waitFor()

export const firstAnswer = (page: Page): Locator => page.getByRole('textbox').first()

export const expectValue = (field: Locator, value: string | RegExp): Promise<void> =>
  typeof value === 'string'
    ? expect.poll(() => field.inputValue(), patience).toBe(value)
    : expect.poll(() => field.inputValue(), patience).toMatch(value)

/** Non-breaking spaces as people see them. */
export const plainSpaces = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

/** Said somewhere on the page. */
export const saysSomewhere = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).first().waitFor()
