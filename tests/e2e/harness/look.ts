import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** WCAG 2.2, levels A and AA, as far as a machine can tell; and whether the page scrolls sideways. */
export const faults = async (page: Page): Promise<string[]> => {
  // No text waits to be shown, and no page to leave.
  await page.waitForFunction(
    () => document.querySelectorAll('#content').length === 1 && !document.querySelector('.late'),
  )
  // And no colour is on its way to another one; one that has just been asked for begins with the next frame.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 500))),
  )
  await page.waitForFunction(
    () => !document.getAnimations().some((one) => one instanceof CSSTransition),
  )
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(async () => {
    interface Violation {
      id: string
      nodes: { html: string; failureSummary?: string }[]
    }
    const { axe } = window as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: Violation[] }> }
    }
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values },
      rules: { 'target-size': { enabled: true } },
    })
    const { scrollWidth, clientWidth } = document.documentElement
    return [
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`,
        ),
      ),
      ...(scrollWidth > clientWidth ? ['it scrolls sideways'] : []),
    ]
  })
}

/** With LOFT_SCREENS naming a folder, a picture for docs/screens or for looking at. */
export const picture = async (page: Page, name: string, fullPage = false): Promise<void> => {
  const { LOFT_SCREENS: folder } = process.env
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage })
}

export const sizes = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 900 },
] as const

/** Faultless on a phone, a tablet and a desk, by day and by night; a picture of each. */
export const inAllSizes = async (page: Page, name: string, fullPage = false): Promise<void> => {
  for (const size of sizes) {
    await page.setViewportSize(size)
    expect([name, size.width, await faults(page)]).toEqual([name, size.width, []])
    await picture(page, `${name}-${size.width}`, fullPage)
  }
  await page.mouse.move(0, 0) // a button under it fades from one colour to the other
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  expect([name, 'dark', await faults(page)]).toEqual([name, 'dark', []])
  await picture(page, `${name}-dark`, fullPage)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' })
}
