// Turns SVG into PNG with a real browser, because Inter's optical sizes must look as they do in the product.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { HEIGHT, WIDTH } from './pictures/chart.ts'

export type Screen = {
  shoot: (svg: string, file: string) => Promise<void>
  close: () => Promise<void>
}

/** `browser` is the path of a Chromium. */
export async function openScreen(browser: string): Promise<Screen> {
  const started = await chromium.launch({
    executablePath: browser,
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  const page = await started.newPage({ viewport: { width: WIDTH, height: HEIGHT } })
  const font = readFileSync(
    createRequire(import.meta.url).resolve(
      '@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2',
    ),
  )
  await page.setContent(
    `<!doctype html><style>@font-face{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,${font.toString('base64')})}body{margin:0}svg{display:block}</style><main></main>`,
  )
  await page.evaluate("document.fonts.load('600 40px Inter')")
  return {
    shoot: async (svg, file) => {
      await page.evaluate((markup) => {
        const { document } = globalThis as unknown as {
          document: { querySelector: (name: string) => { innerHTML: string } }
        }
        document.querySelector('main').innerHTML = markup
      }, svg)
      await page.screenshot({ path: file })
    },
    close: () => started.close(),
  }
}
