import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { paths } from '../../src/shared/protocol/paths.ts'
import { newWorld } from './harness/world.ts'

interface Load {
  scripts: { url: string; body: string }[]
  requests: string[]
}

/** Opens home in an empty profile, as somebody who is signed in; what the page itself asked for until the network is idle. */
const loadHome = async (width: number): Promise<Load> => {
  const world = await newWorld()
  const { page, context } = await world.openBrowser()
  await page.setViewportSize({ width, height: 844 })
  const answer = await fetch(`${world.gate.origin}${paths.session}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: 'demo-deltakar-stord' }),
  })
  const [, value = ''] = /^loft_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  await context.addCookies([{ name: 'loft_session', value, url: world.gate.origin }])
  const load = await watch(page)
  await page.goto(world.gate.origin, { waitUntil: 'networkidle' })
  await page.getByRole('navigation', { name: /^Lina/ }).waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle')
  return load()
}

/** On the page's own target: what the service worker fetches for later is not among it. */
const watch = async (page: Page): Promise<() => Promise<Load>> => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const scripts: { id: string; url: string }[] = []
  const requests: string[] = []
  devtools.on('Network.requestWillBeSent', ({ request }) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`)
  })
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    const isScript = type === 'Script' || response.mimeType.endsWith('javascript')
    if (isScript && !response.url.endsWith('/sw.js')) {
      scripts.push({ id: requestId, url: new URL(response.url).pathname })
    }
  })
  return async () => ({
    requests,
    scripts: await Promise.all(
      scripts.map(async ({ id, url }) => {
        const { body } = await devtools.send('Network.getResponseBody', { requestId: id })
        return { url, body }
      }),
    ),
  })
}

/** Yjs says this when it is loaded twice; no build renames it. */
const yjsMark = '__ $YJS$ __'

describe('the first load of home', () => {
  it.each([
    ['a phone', 390],
    ['a desk', 1280],
  ])('ships to %s at most 90 KB of JavaScript, and no Yjs', async (_name, width) => {
    const { scripts, requests } = await loadHome(width)
    const sizes = scripts.map(({ url, body }) => ({
      url,
      kb: gzipSync(body, { level: 9 }).length / 1000,
    }))
    const total = sizes.reduce((sum, { kb }) => sum + kb, 0)
    expect(sizes.length).toBeGreaterThan(1)
    expect(total, JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(90)
    expect(scripts.filter(({ body }) => body.includes(yjsMark)).map(({ url }) => url)).toEqual([])
    expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(20)
  })
})
