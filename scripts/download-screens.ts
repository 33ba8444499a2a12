import type { Browser, Page } from 'playwright-core'
import { type Gate, openGate } from '../tests/e2e/harness/gate.ts'
import type { TestServer } from '../tests/e2e/harness/server.ts'
import { follow } from '../tests/e2e/harness/steps.ts'
import { signIn, waitUntilOfflineReady } from '../tests/e2e/harness/world.ts'

const film = '/del/strategi/ein-innbyggjar'
const otherFilm = '/del/organisasjon/same-folk'
const task = '/del/strategi/seie-nei'
const module = '/modul/strategi'

/** The states of a download, the storage page, and a journey from its packing until it is ready. */
export const takeDownloads = async (
  browser: Browser,
  server: TestServer,
  folder: string,
): Promise<void> => {
  const gate = await openGate(() => server.port)
  const context = await browser.newContext({ colorScheme: 'light' })
  // As a phone tells it, so that there is a choice to wait for wifi.
  await context.addInitScript(() => {
    const connection = Object.assign(new EventTarget(), { type: 'wifi' })
    Object.defineProperty(navigator, 'connection', { value: connection })
  })
  const page = await context.newPage()
  const take = async (name: string, fullPage = true): Promise<void> => {
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    for (const width of [390, 820]) {
      await page.setViewportSize({ width, height: fullPage ? 1000 : 560 })
      await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage })
      console.info(`${folder}/${name}-${width}.png`)
    }
  }
  try {
    await signIn(page, gate.origin, 'demo-deltakar-sunnfjord')
    await waitUntilOfflineReady(page)
    await takeStates(page, gate, take)
    await takeStorage(page, take)
    await takeJourney(page, gate, take)
  } finally {
    await context.close()
    await gate.close()
  }
}

type Take = (name: string, fullPage?: boolean) => Promise<void>

const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name })

/** On the page of a module. */
const takeStates = async (page: Page, gate: Gate, take: Take): Promise<void> => {
  await follow(page, module)
  await page.locator('.dl-box').waitFor()
  await take('download-before', false)
  gate.slow(300_000)
  await button(page, /^Last ned heile modulen/).click()
  await page.getByText(/ att\. Hald sida open/).waitFor()
  await take('download-running', false)
  // More than three pieces hold: one at least is whole, and stays.
  await button(page, /^Pause, (3,[3-9]|4)/).waitFor()
  gate.cut()
  await page
    .locator('.dl-box .hint')
    .getByText(/^Nettet fall ut/)
    .waitFor()
  await take('download-no-network', false)
  gate.restore()
  await button(page, /^Pause, /).click()
  await button(page, /^Hald fram, /).waitFor()
  await take('download-paused', false)
  await follow(page, '/eininga')
  await page.locator('.queue section').waitFor()
  await take('storage-queue')
  gate.slow(null)
  await button(page, /^Hald fram, /).click()
  await page.locator('.queue section').waitFor({ state: 'detached' })
  await follow(page, module)
  await button(page, /^Heile modulen på eininga/).waitFor()
  await take('download-kept', false)

  await follow(page, '/modul/organisasjon')
  await page.evaluate(() => {
    navigator.storage.estimate = async () => ({ usage: 0, quota: 1 })
  })
  await button(page, /^Last ned heile modulen/).click()
  await page.getByRole('heading', { name: 'Eininga er full' }).waitFor()
  await take('download-full', false)
  await button(page, 'Avbryt').click()
  await page.reload()
}

/** With a film that was watched, and one part opened. */
const takeStorage = async (page: Page, take: Take): Promise<void> => {
  await follow(page, task)
  await page.getByRole('textbox').first().fill('Rettleiinga i byggjesaker.')
  await follow(page, film)
  await page.locator('.player').getByRole('button', { name: 'Spel av' }).click()
  await page.locator('.cap span').waitFor()
  await follow(page, otherFilm)
  await page.locator('.player').getByRole('button', { name: 'Spel av' }).click()
  await page.locator('.cap span').waitFor()
  await follow(page, '/eininga')
  await button(page, 'Lukk spelaren').click()
  await button(page, /^Forarbeid til/).click()
  await page.locator('.leftovers li').first().waitFor()
  await page
    .getByText(/^Alt er sendt$/)
    .first()
    .waitFor()
  await take('storage')
}

const takeJourney = async (page: Page, gate: Gate, take: Take): Promise<void> => {
  await follow(page, '/reise')
  await page.getByRole('radio', { name: /^45 min/ }).check({ force: true })
  await page.locator('.pack-box').waitFor()
  await take('journey')
  gate.slow(300_000)
  await button(page, /^Pakk sekken/).click()
  await page.getByRole('progressbar').waitFor()
  await take('journey-packing')
  gate.slow(null)
  await page.getByRole('heading', { name: 'Klar for tunnelen' }).waitFor()
  await take('journey-ready')
}
