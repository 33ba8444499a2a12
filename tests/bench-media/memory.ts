import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** MB, shared pages counted by their share (PSS). */
export interface Peak {
  /** The process that is largest among those of pages and service workers. */
  renderer: number
  browser: number
}

const everyMs = 100

/** The most that the browser held while `act` ran. */
export const peakWhile = async (page: Page, act: () => Promise<void>): Promise<Peak> => {
  const session = await page.context().browser()?.newBrowserCDPSession()
  if (!session) throw new Error('the browser has no debugging interface')
  const peak: Peak = { renderer: 0, browser: 0 }
  const look = async (): Promise<void> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const held = processInfo.map(({ id, type }) => ({ type, mb: pssMb(id) }))
    const renderers = held.flatMap(({ type, mb }) => (type === 'renderer' ? mb : []))
    peak.renderer = Math.max(peak.renderer, ...renderers)
    peak.browser = Math.max(
      peak.browser,
      held.reduce((sum, { mb }) => sum + mb, 0),
    )
  }
  let isOver = false
  const looking = (async () => {
    while (!isOver) {
      await look()
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  })()
  try {
    await act()
  } finally {
    isOver = true
    await looking
    await session.detach()
  }
  return peak
}

const pssMb = (pid: number): number => {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024
  } catch {
    return 0 // it has ended
  }
}
