import { describe, expect, it } from 'vitest'
import { newTraveller } from './harness/world.ts'

interface Icon {
  src: string
  sizes: string
  purpose?: string
}

describe('installing', () => {
  it('offers a manifest that the browser accepts, with icons that load at the size they claim', async () => {
    const { page, origin } = await newTraveller('demo-deltakar-stord')
    const devtools = await page.context().newCDPSession(page)
    const { url, errors, data } = await devtools.send('Page.getAppManifest')
    expect(errors).toEqual([])
    expect(new URL(url).origin).toBe(origin)
    const manifest = JSON.parse(data ?? '{}') as Record<string, unknown> & { icons: Icon[] }
    expect(manifest).toMatchObject({
      name: 'Løft',
      lang: 'nn',
      id: '/',
      start_url: '/',
      scope: '/',
      display: 'standalone',
    })
    expect(manifest.icons.map(({ purpose }) => purpose ?? 'any')).toContain('maskable')
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(
      expect.arrayContaining(['192x192', '512x512']),
    )
    const loaded = await page.evaluate(
      (sources) =>
        Promise.all(
          sources.map(async (src) => {
            const image = new Image()
            image.src = src
            await image.decode()
            return `${image.naturalWidth}x${image.naturalHeight}`
          }),
        ),
      manifest.icons.map(({ src }) => src),
    )
    expect(loaded).toEqual(manifest.icons.map(({ sizes }) => sizes))

    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    expect(installabilityErrors).toEqual([])
  })

  it('serves all addresses through the service worker', async () => {
    const { page, origin } = await newTraveller('demo-deltakar-stord')
    const worker = await page.evaluate(async () => {
      const { scope, active } = await navigator.serviceWorker.ready
      return { scope, script: active?.scriptURL }
    })
    expect(worker).toEqual({ scope: `${origin}/`, script: `${origin}/sw.js` })
  })

  it('colours the browser like the page, light and dark', async () => {
    const { page } = await newTraveller('demo-deltakar-stord')
    const colours = (): Promise<{ bar: string | null; page: string }> =>
      page.evaluate(() => ({
        bar: document.querySelector('meta[name=theme-color]')?.getAttribute('content') ?? null,
        page: getComputedStyle(document.body).backgroundColor,
      }))
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(colours).toEqual({ bar: '#f6f8f6', page: 'rgb(246, 248, 246)' })
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(colours).toEqual({ bar: '#0b191d', page: 'rgb(11, 25, 29)' })
  })
})
