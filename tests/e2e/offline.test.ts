import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openProxy, type ProxyAnswer } from './harness/proxy.ts'
import {
  chooseLanguage,
  expectValue,
  firstAnswer,
  follow,
  saysSomewhere,
  tellOnline,
  waitUntilAllSent,
} from './harness/steps.ts'
import { newTraveller, newWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

interface Opened {
  path: string
  kind: string
  title: { nn: string; nb: string }
  fields: { label: { nn: string; nb: string } }[]
}

/** The items of the programme as they are stored on the device. */
const itemsOnDevice = (page: Page): Promise<Opened[]> =>
  page.evaluate(async () => {
    const request = indexedDB.open('loft-content')
    const db = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => resolve(request.result)
    })
    const stored = db.transaction('programmes').objectStore('programmes').get('current')
    const { outline } = await new Promise<{
      outline: Record<'modules' | 'tracks', { items: [] }[]>
    }>((resolve) => {
      stored.onsuccess = () => resolve(stored.result)
    })
    db.close()
    return [...outline.modules, ...outline.tracks].flatMap(({ items }) => items)
  })

/** Opens every item by links within the page; names those that show no text. */
const openAll = (page: Page, items: Opened[], language: 'nn' | 'nb'): Promise<string[]> =>
  page.evaluate(
    async ({ items, language }) => {
      const until = async (holds: () => boolean): Promise<boolean> => {
        const end = performance.now() + 5000
        while (!holds()) {
          if (performance.now() > end) return false
          await new Promise(requestAnimationFrame)
        }
        return true
      }
      const missing: string[] = []
      for (const { path, kind, title, fields } of items) {
        history.pushState(null, '', `/del/${path}`)
        dispatchEvent(new PopStateEvent('popstate'))
        const isShown = await until(() => {
          const content = document.querySelector('#content')
          const text = [...(content?.querySelectorAll('p, li') ?? [])]
            .map((part) => part.textContent ?? '')
            .join(' ')
          return (
            content?.querySelector('h1')?.textContent?.trim() === title[language] &&
            text.length > (kind === 'article' ? 1500 : 100) &&
            content.querySelector('.late') === null &&
            (kind !== 'task' ||
              content.textContent.includes(fields[0]?.label[language] ?? 'a task without fields'))
          )
        })
        if (!isShown) missing.push(path)
      }
      return missing
    },
    { items, language },
  )

describe('without network', () => {
  it('opens every article and task in both languages after the first visit', async () => {
    const { world, page } = await newTraveller('demo-deltakar-stord')
    world.gate.cut()
    await page.reload()
    const items = await itemsOnDevice(page)
    expect(items.length).toBeGreaterThan(45)
    expect(await openAll(page, items, 'nn')).toEqual([])
    await chooseLanguage(page, 'Bokmål')
    expect(await openAll(page, items, 'nb')).toEqual([])
  })

  it('opens every other page after the first visit, by its address', async () => {
    const { world, page, origin } = await newTraveller('demo-deltakar-stord')
    world.gate.cut()
    const pages = ['/', '/modul/strategi', '/notat', '/gruppe', '/reise', '/eininga', '/meg']
    for (const path of pages) {
      await page.goto(`${origin}${path}`)
      await page.locator('main h1').first().waitFor()
      await page.getByRole('banner').waitFor()
    }
  })

  it('says in the first visit that it needs the network once', async () => {
    const world = await newWorld()
    const proxy = await openProxy(() => world.server.port)
    onTestFinished(() => proxy.close())
    // Signed in, but the network goes before the programme comes.
    const gone: ProxyAnswer = { status: 502, type: 'text/plain', body: 'gone' }
    proxy.answer = (path) => (path === '/api/v1/programme' ? gone : null)
    const { page, context } = await world.openBrowser()
    await page.goto(`${proxy.origin}/inn/demo-deltakar-stord`)
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.getByRole('button', { name: 'Logg inn' }).click()
    await saysSomewhere(page, 'Vi når ikkje Løft no')
    await context.setOffline(true)
    await page.reload()
    await saysSomewhere(page, 'Løft treng nett første gongen')
    const failed = page.waitForEvent('requestfailed')
    await page.getByRole('button', { name: 'Prøv igjen' }).click()
    await failed
    await saysSomewhere(page, 'Løft treng nett første gongen')

    await context.setOffline(false)
    proxy.answer = () => null
    await page.getByRole('button', { name: 'Prøv igjen' }).click()
    await page.getByRole('navigation', { name: /^Lina/ }).waitFor({ state: 'attached' })
  })

  it('shows at an unknown address that the page is not part of the journey', async () => {
    const { world, page, origin } = await newTraveller('demo-deltakar-stord')
    const unknown = [
      '/ukjend',
      '/del/strategi/finst-ikkje',
      '/modul/finst-ikkje',
      '/ein/to/tre/fire',
    ]
    const title = page.getByRole('heading', { name: 'Denne sida er ikkje med på turen' })
    for (const path of unknown) {
      await page.goto(`${origin}${path}`)
      await title.waitFor()
    }
    world.gate.cut()
    for (const path of unknown) {
      await page.goto(`${origin}${path}`)
      await title.waitFor()
    }
    await page.getByRole('main').getByRole('link', { name: 'Til lina' }).click()
    await page.getByRole('navigation', { name: /^Lina/ }).waitFor({ state: 'attached' })
  })
})

describe('a network that lies', () => {
  const portal = '<!doctype html><title>Hotell</title><h1>Godta vilkåra</h1>'
  const answers: Record<string, ProxyAnswer> = {
    'a server that fails': {
      status: 500,
      type: 'application/json',
      body: '{"code":"server-error"}',
    },
    'a server that says no': {
      status: 403,
      type: 'application/json',
      body: '{"code":"not-found"}',
    },
    'a request that is said to be too large': { status: 413, type: 'text/plain', body: 'no' },
    'a portal that says OK': { status: 200, type: 'text/html', body: portal },
    'a portal that says 401': { status: 401, type: 'text/html', body: portal },
    'an empty answer': { status: 200, type: 'application/octet-stream', body: '' },
    'a redirect': { status: 302, type: 'text/html', body: '', headers: { location: '/portal' } },
  }

  it('loses no word and calls none sent', async () => {
    const world = await newWorld()
    const proxy = await openProxy(() => world.server.port)
    onTestFinished(() => proxy.close())
    const { page } = await world.openBrowser()
    await signIn(page, proxy.origin, 'demo-deltakar-stord')
    await waitUntilOfflineReady(page)
    await follow(page, '/del/strategi/seie-nei')
    let written = ''
    for (const [name, answer] of Object.entries(answers)) {
      let asked = 0
      proxy.answer = (path) => {
        if (path !== '/api/v1/sync') return null
        asked++
        return answer
      }
      const text = `${name}. `
      await firstAnswer(page).pressSequentially(text)
      written += text
      await saysSomewhere(page, /^Lagra på eininga kl\./)
      await tellOnline(page)
      await expect.poll(() => asked, { timeout: 15_000 }).toBeGreaterThan(0)
      expect(await page.getByText(/^Sendt kl\.|^Alt er sendt/).count()).toBe(0)
      await page
        .getByRole('banner')
        .getByText(/ikkje send/)
        .first()
        .waitFor()
    }
    await page.reload()
    await expectValue(firstAnswer(page), written)

    proxy.answer = () => null
    await tellOnline(page)
    await waitUntilAllSent(page)
    const phone = await world.openBrowser()
    await signIn(phone.page, proxy.origin, 'demo-deltakar-stord')
    await phone.page.goto(`${proxy.origin}/del/strategi/seie-nei`)
    await expectValue(firstAnswer(phone.page), written)
  })
})
