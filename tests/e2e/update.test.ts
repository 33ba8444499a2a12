import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chunkCacheName } from '../../src/shared/media/chunk-cache.ts'
import { paths } from '../../src/shared/protocol/paths.ts'
import { openProxy } from './harness/proxy.ts'
import { expectValue, firstAnswer, follow, waitUntilAllSent } from './harness/steps.ts'
import { newWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const task = '/del/strategi/seie-nei'

/** A traveller in a task, with a way to publish a new version. */
const open = async (): Promise<{
  world: World
  page: Page
  origin: string
  publish(): Promise<void>
  /** From now on the server takes nothing from this version; or again. */
  demandNewer(demanded: boolean): void
}> => {
  const world = await newWorld()
  const proxy = await openProxy(() => world.server.port)
  onTestFinished(() => proxy.close())
  const { page } = await world.openBrowser()
  await signIn(page, proxy.origin, 'demo-deltakar-stord')
  await waitUntilOfflineReady(page)
  await follow(page, task)
  await page.evaluate(() => {
    Object.assign(window, { sameVisit: true })
  })
  return {
    world,
    page,
    origin: proxy.origin,
    publish: async () => {
      proxy.append = (path) => (path === '/sw.js' ? '\n// another version' : null)
      // What the page itself does every hour.
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    },
    demandNewer: (demanded) => {
      proxy.answer = (path) =>
        demanded && path === paths.sync
          ? { status: 426, type: 'application/json', body: '{"code":"outdated"}' }
          : null
    },
  }
}
const isSameVisit = (page: Page): Promise<boolean> => page.evaluate(() => 'sameVisit' in window)
const note = (page: Page) => page.getByRole('region', { name: 'Ny utgåve er klar' })

describe('a new version', () => {
  it('is offered, disturbs nobody who writes, and comes only when it is chosen', async () => {
    const { world, page, origin, publish } = await open()
    await firstAnswer(page).pressSequentially('Midt i ei ')
    await publish()
    await note(page).waitFor()
    // Still in the field, in the same visit.
    await page.keyboard.type('setning om ferjekai.')
    await expectValue(firstAnswer(page), 'Midt i ei setning om ferjekai.')
    expect(await isSameVisit(page)).toBe(true)

    const last = ' Og siste ord rett før.'
    await page.keyboard.type(last)
    await note(page).getByRole('button', { name: 'Bruk ho no' }).click()
    await expect.poll(() => isSameVisit(page).catch(() => true), { timeout: 45_000 }).toBe(false)
    await expectValue(firstAnswer(page), `Midt i ei setning om ferjekai.${last}`)
    expect(await note(page).count()).toBe(0)
    const waiting = await page.evaluate(
      async () => (await navigator.serviceWorker.ready).waiting !== null,
    )
    expect(waiting).toBe(false)
    await waitUntilAllSent(page)
    const phone = await world.openBrowser()
    await signIn(phone.page, origin, 'demo-deltakar-stord')
    await phone.page.goto(`${origin}${task}`)
    await expectValue(firstAnswer(phone.page), `Midt i ei setning om ferjekai.${last}`)
  })

  it('is taken into use without network too, with every word kept', async () => {
    const { world, page, publish } = await open()
    await publish()
    await note(page).waitFor()
    await world.server.stop('SIGKILL')
    await firstAnswer(page).pressSequentially('Skrive utan tenar')
    await note(page).getByRole('button', { name: 'Bruk ho no' }).click()
    await expect.poll(() => isSameVisit(page).catch(() => true), { timeout: 45_000 }).toBe(false)
    await expectValue(firstAnswer(page), 'Skrive utan tenar')
    await page
      .getByRole('banner')
      .getByText(/ikkje send/)
      .first()
      .waitFor()
  })

  it('is put off by «Seinare», and is offered again at the next visit', async () => {
    const { page, publish } = await open()
    await publish()
    await note(page).getByRole('button', { name: 'Seinare' }).click()
    await note(page).waitFor({ state: 'detached' })
    await follow(page, '/notat')
    expect(await isSameVisit(page)).toBe(true)
    await page.reload()
    await note(page).waitFor()
  })

  it('is demanded by a server that takes nothing from the old one, and every word waits for it', async () => {
    const { page, publish, demandNewer } = await open()
    demandNewer(true)
    await firstAnswer(page).pressSequentially('Skrive i ei gammal utgåve.')
    await page.getByRole('banner').getByText('Løft må oppdaterast').first().waitFor()
    const demand = page.getByRole('region', { name: 'Løft må oppdaterast' })
    await demand.getByText(/^Orda er tekne vare på/).waitFor()
    expect(await page.getByText(/^Sendt/).count()).toBe(0)
    await demand.getByRole('button', { name: 'Hent ny utgåve' }).waitFor()

    await publish()
    await demand.getByRole('button', { name: 'Bruk ho no' }).click()
    demandNewer(false) // what the new version sends is taken
    await expect.poll(() => isSameVisit(page).catch(() => true), { timeout: 45_000 }).toBe(false)
    await waitUntilAllSent(page)
    await expectValue(firstAnswer(page), 'Skrive i ei gammal utgåve.')
  })

  it('drops no film that was kept, nor what was watched', async () => {
    const { world, page, publish } = await open()
    await follow(page, '/del/strategi/ein-innbyggjar')
    await page.getByRole('button', { name: /^Last ned, / }).click()
    await page.getByRole('button', { name: /^På eininga, / }).waitFor()
    // Another one that was only watched: it lies here in part.
    await follow(page, '/del/strategi/tre-kommunar')
    await page.getByRole('button', { name: 'Spel av' }).last().click()
    const entries = (): Promise<string[]> =>
      page.evaluate(async (name) => {
        const keys = await (await caches.open(name)).keys()
        return keys.map(({ url }) => url).filter((url) => !url.endsWith('/used'))
      }, chunkCacheName)
    await expect.poll(async () => filmsIn(await entries()), { timeout: 45_000 }).toBe(3)
    await page.getByRole('button', { name: 'Pause' }).click()
    await follow(page, '/del/strategi/ein-innbyggjar')
    const before = await entries()
    await publish()
    await note(page).getByRole('button', { name: 'Bruk ho no' }).click()
    await expect.poll(() => isSameVisit(page).catch(() => true), { timeout: 45_000 }).toBe(false)
    await page.getByRole('button', { name: /^På eininga, / }).waitFor()
    expect(await entries()).toEqual(expect.arrayContaining(before))
    await world.server.stop('SIGKILL')
    await page.reload()
    await page.getByRole('button', { name: 'Spel av' }).last().click()
    await expect
      .poll(() => page.locator('video').evaluate((one: HTMLVideoElement) => one.currentTime))
      .toBeGreaterThan(0.5)
  })
})

/** Two tabs in the same task. */
const openTwoTabs = async () => {
  const world = await newWorld()
  const proxy = await openProxy(() => world.server.port)
  onTestFinished(() => proxy.close())
  const { page: left, context } = await world.openBrowser()
  await signIn(left, proxy.origin, 'demo-deltakar-stord')
  await waitUntilOfflineReady(left)
  // The first control of a fresh device is no new version.
  expect(await left.getByRole('region', { name: updated }).count()).toBe(0)
  await follow(left, task)
  const right = await context.newPage()
  await right.goto(`${proxy.origin}${task}`)
  await firstAnswer(right).waitFor()
  await right.evaluate(() => {
    Object.assign(window, { sameVisit: true })
  })
  return {
    world,
    left,
    right,
    /** The left tab takes another release into use. */
    release: async () => {
      proxy.release = 'beside'
      await left.evaluate(async () => (await navigator.serviceWorker.ready).update())
      await note(left).getByRole('button', { name: 'Bruk ho no' }).click()
      await left.waitForFunction(() => document.scripts[0]?.src.includes('-new'))
    },
    /** Of the old release, only what a tab has loaded is left anywhere. */
    dropOld: async () => {
      proxy.release = 'instead'
      const session = await context.newCDPSession(right)
      await session.send('Network.clearBrowserCache')
    },
  }
}
const updated = 'Løft er oppdatert'
const missing = 'Noko av sida manglar'

describe('a new version that another tab has taken into use', () => {
  it('is told of in this one, which goes on until its person loads it again', async () => {
    const { left, right, release } = await openTwoTabs()
    await firstAnswer(right).pressSequentially('Midt i ei ')
    await release()
    await right.bringToFront()
    const told = right.getByRole('region', { name: updated })
    await told.waitFor()
    await firstAnswer(right).press('End')
    await right.keyboard.type('setning i den andre fana.')
    await expectValue(firstAnswer(left), 'Midt i ei setning i den andre fana.')
    expect(await isSameVisit(right)).toBe(true)

    await right.keyboard.type(' Siste ord.')
    await told.getByRole('button', { name: 'Last på nytt' }).click()
    await expect.poll(() => isSameVisit(right).catch(() => true), { timeout: 45_000 }).toBe(false)
    await expectValue(firstAnswer(right), 'Midt i ei setning i den andre fana. Siste ord.')
    expect(await right.getByRole('region', { name: updated }).count()).toBe(0)
    await follow(right, '/gruppe')
    await right.getByRole('heading', { level: 1, name: 'Leiargruppa' }).waitFor()
  })

  it('leaves this one a way on when a page of the old version is gone, and every word', async () => {
    const { world, left, right, release, dropOld } = await openTwoTabs()
    await release()
    await right.bringToFront()
    const told = right.getByRole('region', { name: updated })
    await told.getByRole('button', { name: 'Seinare' }).click()
    await told.waitFor({ state: 'detached' })
    await dropOld()
    await world.server.stop('SIGKILL')
    await firstAnswer(right).pressSequentially('Skrive i den gamle utgåva.')
    await follow(right, '/gruppe')
    const way = right.getByRole('region', { name: missing })
    await way.getByText(/teke vare på/).waitFor()
    // The task is still there, and takes words.
    await firstAnswer(right).press('End')
    await right.keyboard.type(' Og litt til.')
    await expectValue(firstAnswer(left), 'Skrive i den gamle utgåva. Og litt til.')

    await way.getByRole('button', { name: 'Last på nytt' }).click()
    await right.getByRole('heading', { level: 1, name: 'Leiargruppa' }).waitFor()
    await follow(right, task)
    await expectValue(firstAnswer(right), 'Skrive i den gamle utgåva. Og litt til.')
  })
})
/** Of how many films something lies here. */
const filmsIn = (addresses: readonly string[]): number =>
  new Set(addresses.flatMap((address) => /[0-9a-f]{64}(?=\/chunks)/.exec(address)?.[0] ?? [])).size
