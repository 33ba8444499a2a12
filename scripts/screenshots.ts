// `npm run screenshots`: takes the pictures of docs/screens from the real page and server, a little way into the programme.
import { mkdirSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import { startServer } from '../tests/e2e/harness/server.ts'
import { follow } from '../tests/e2e/harness/steps.ts'
import { signIn, waitUntilOfflineReady } from '../tests/e2e/harness/world.ts'
import { takeDownloads } from './download-screens.ts'
import { takePoliticians } from './politician-screens.ts'

const folder = 'docs/screens'
const sizes = [
  { width: 390, height: 844 },
  { width: 820, height: 1100 },
  { width: 1280, height: 900 },
]

const done = ['strategi/ein-innbyggjar', 'strategi/visjon', 'strategi/tre-kommunar']
const answers = [
  'Rettleiinga i byggjesaker. Folk ringjer for å få vite kor saka står. Det kunne dei ha sett sjølve.',
  'Vi må slutte å føre same opplysning i to system. Og vi må tole at statistikken blir tynnare eit halvår.',
]
const screens: Record<string, string> = {
  home: '/',
  module: '/modul/strategi',
  film: '/del/strategi/ein-innbyggjar',
  article: '/del/organisasjon/to-fartar',
  task: '/del/strategi/seie-nei',
  notes: '/notat',
}

const travel = async (page: Page, origin: string): Promise<void> => {
  for (const path of done) {
    await page.goto(`${origin}/del/${path}`)
    await page.getByRole('button', { name: /^Ferdig/ }).click()
    await page.getByRole('button', { name: 'Ikkje ferdig likevel' }).waitFor()
  }
  await page.goto(`${origin}/del/strategi/ein-innbyggjar`)
  await page.getByRole('button', { name: /^Last ned/ }).click()
  await page
    .getByText(/^På eininga,/)
    .first()
    .waitFor()
  await page
    .getByRole('textbox', { name: /Notatet ditt/ })
    .fill('1.20 Kven eig overgangane mellom tenestene våre? Ta opp i leiargruppa fredag.')
  await page.goto(`${origin}/del/strategi/seie-nei`)
  for (const [index, answer] of answers.entries()) {
    await page.getByRole('textbox').nth(index).fill(answer)
  }
  await page.getByRole('radio', { name: '3' }).check()
  await page.getByText('Alt er sendt').first().waitFor()
}

/** In the middle of a sentence, so that the picture shows captions and the transcript following. */
const playTo = async (page: Page, seconds: number): Promise<void> => {
  const player = page.locator('.player')
  await player.getByRole('button', { name: 'Spel av' }).click()
  await player.getByRole('slider').fill(String(seconds))
  await page.locator('.cap span').waitFor()
  await player.getByRole('button', { name: 'Pause' }).click()
  await page.locator('[aria-current=true], .tr li.on').first().waitFor()
}

/** What plays goes on in the dock while a task is written in. */
const playOnInDock = async (page: Page, origin: string): Promise<void> => {
  await page.goto(`${origin}${screens.film}`)
  await page.locator('.player').getByRole('slider').fill('36.5')
  await page.locator('.player').getByRole('button', { name: 'Spel av' }).click()
  await follow(page, screens.task ?? '')
  await page.locator('.dock').waitFor()
  await page.locator('main.task textarea').first().waitFor()
}

mkdirSync(folder, { recursive: true })
const server = await startServer()
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--autoplay-policy=no-user-gesture-required',
  ],
})
try {
  const context = await browser.newContext({ viewport: sizes[0] ?? null, colorScheme: 'light' })
  const page = await context.newPage()
  await signIn(page, server.origin, 'demo-deltakar-stord')
  await waitUntilOfflineReady(page)
  await travel(page, server.origin)
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(server.origin + path)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      if (name === 'film') await playTo(page, 36.5)
      await page.screenshot({ path: `${folder}/${name}-${size.width}.png`, fullPage: true })
      console.info(`${folder}/${name}-${size.width}.png`)
    }
    await playOnInDock(page, server.origin)
    await page.screenshot({ path: `${folder}/dock-${size.width}.png` })
    console.info(`${folder}/dock-${size.width}.png`)
  }
  await takeDownloads(browser, server, folder)
  await takePoliticians(browser, server.origin, folder)
} finally {
  await browser.close()
  await server.remove()
}
