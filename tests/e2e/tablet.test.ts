import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import {
  expectValue,
  firstAnswer,
  follow,
  saysSomewhere,
  tellOnline,
  waitUntilAllSent,
} from './harness/steps.ts'
import { newWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const sheet = '/del/strategi/utfordringa'
/** Starting three of them takes its time on a small machine. */
const threeBrowsersMs = 400_000
const tabletId = /bord-[0-9a-f]{20}/
const secret = 'MERKE-nattevaktene-på-Stord'
const begun = 'Eit kort som ikkje er ferdig'

/** Makes a link at the group's page, and gives it as the picture holds it. */
const showCode = async (
  world: World,
  code: string,
): Promise<{ page: Page; link: string; typed: string }> => {
  const { page } = await world.openBrowser()
  await signIn(page, world.gate.origin, code)
  await follow(page, '/gruppe')
  await page.getByRole('button', { name: 'Vis kode' }).click()
  await page.getByRole('img', { name: /QR-kode til bordet/ }).waitFor()
  const link = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((one) => one.startsWith('loft-table:')) ?? ''
    const [kept] = Object.values(JSON.parse(localStorage.getItem(key) ?? '{}'))
    return (kept as { link: string }).link
  })
  return { page, link, typed: await page.locator('.device-code').innerText() }
}

/** As a camera does: the address with the link behind its hash. */
const scan = async (page: Page, world: World, link: string): Promise<void> => {
  await page.goto('about:blank')
  await page.goto(`${world.gate.origin}/bord#${link}`)
  await page.getByRole('button', { name: 'Bli med ved bordet' }).waitFor()
}
const sitDown = async (page: Page, world: World): Promise<void> => {
  await page.getByRole('button', { name: 'Bli med ved bordet' }).click()
  await page.waitForURL(`${world.gate.origin}/`)
  await page.getByRole('navigation', { name: /Lina|Linjen/ }).waitFor({ state: 'attached' })
}
const write = async (page: Page, text: string): Promise<void> => {
  await follow(page, sheet)
  await page.getByRole('button', { name: 'HR-leiar' }).click()
  await firstAnswer(page).pressSequentially(text)
  await saysSomewhere(page, /^(Lagra på eininga|Sendt) kl\./)
}

/** All that the browser holds of this site: the page, localStorage, IndexedDB and Cache Storage, as one text. */
const everythingOn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const asText = (_key: string, value: unknown): unknown =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value
    const parts = [document.documentElement.outerHTML, JSON.stringify({ ...localStorage })]
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue
      parts.push(name)
      const db = await answer(indexedDB.open(name))
      for (const store of db.objectStoreNames)
        parts.push(
          JSON.stringify(await answer(db.transaction(store).objectStore(store).getAll()), asText),
        )
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const stored = await cache.match(request)
        parts.push(name, request.url, stored ? await stored.text() : '')
      }
    }
    return parts.join('\n')
  })

/** The group's time is over, as at midnight after the gathering. */
const letTimeRunOut = ({ server }: World): void => {
  const db = new DatabaseSync(join(server.data, 'loft.sqlite'))
  db.prepare('update tablet set expires_at = ?').run(Date.now() - 1)
  db.close()
}

it(
  'a tablet that goes to another group after its time holds nothing of the first one',
  async () => {
    const world = await newWorld()
    const stord = await showCode(world, 'demo-deltakar-stord')
    const { page: tablet } = await world.openBrowser()
    await scan(tablet, world, stord.link)
    await sitDown(tablet, world)
    await waitUntilOfflineReady(tablet)
    await write(tablet, secret)
    await waitUntilAllSent(tablet)
    await follow(stord.page, sheet)
    await saysSomewhere(stord.page, secret)
    const held = await everythingOn(tablet)
    expect(held).toContain(secret)
    expect(held).toMatch(tabletId)

    letTimeRunOut(world)
    await tablet.reload()
    await tablet.getByRole('heading', { name: 'Eininga er tømd' }).waitFor()
    const left = await everythingOn(tablet)
    expect(left).not.toMatch(tabletId)
    for (const trace of [secret, 'leiargruppa-stord', 'Leiargruppa, Stord'])
      expect([trace, left.includes(trace)]).toEqual([trace, false])

    const sunnfjord = await showCode(world, 'demo-deltakar-sunnfjord')
    await scan(tablet, world, sunnfjord.link)
    await sitDown(tablet, world)
    await follow(tablet, sheet)
    await firstAnswer(tablet).waitFor()
    const next = await everythingOn(tablet)
    expect(next).toContain('leiargruppa-sunnfjord')
    expect(next).not.toContain(secret)
    expect(next).not.toContain('leiargruppa-stord')
  },
  threeBrowsersMs,
)

it('a borrowed device joins without a network, and goes back to its owner', async () => {
  const world = await newWorld()
  const stord = await showCode(world, 'demo-deltakar-stord')
  const { page } = await world.openBrowser()
  await signIn(page, world.gate.origin, 'demo-deltakar-sunnfjord')
  await waitUntilOfflineReady(page)
  await follow(page, sheet)
  await firstAnswer(page).pressSequentially('Ord frå Sunnfjord')
  await waitUntilAllSent(page)

  world.gate.cut()
  await page.context().setOffline(true)
  await stord.page.getByRole('button', { name: 'Vis ny kode' }).click()
  await saysSomewhere(stord.page, /Utan nett viser vi den siste QR-koden/)
  await stord.page.getByRole('img', { name: /QR-kode til bordet/ }).waitFor()
  await scan(page, world, stord.link)
  await saysSomewhere(page, /HR-leiar, Sunnfjord er inne på denne eininga no/)
  await sitDown(page, world)
  await write(page, secret)
  expect(await page.locator('main').innerText()).not.toContain('Ord frå Sunnfjord')
  await page.reload()
  await expectValue(firstAnswer(page), secret)

  world.gate.restore()
  await page.context().setOffline(false)
  await waitUntilAllSent(page)
  await tellOnline(stord.page) // its wire was cut too
  await follow(stord.page, sheet)
  await saysSomewhere(stord.page, secret)
  await follow(stord.page, '/gruppe')
  await saysSomewhere(stord.page, /^Sist kontakt kl\./)

  await follow(page, '/meg')
  await page.getByRole('button', { name: 'Send og gå frå bordet' }).click()
  await page.getByRole('heading', { name: 'Eininga er tømd' }).waitFor()
  await page.getByRole('link', { name: 'Gå vidare' }).click()
  await follow(page, sheet)
  await expectValue(firstAnswer(page), 'Ord frå Sunnfjord')
  expect(await everythingOn(page)).not.toContain(secret)
  await firstAnswer(page).pressSequentially(' att')
  await waitUntilAllSent(page)
})

it('what a tablet cannot send is saved as a file before it is emptied, and anybody of the group hands it in', async () => {
  const world = await newWorld()
  const stord = await showCode(world, 'demo-deltakar-stord')
  const { page: tablet } = await world.openBrowser()
  await scan(tablet, world, stord.link)
  await sitDown(tablet, world)
  await waitUntilOfflineReady(tablet)
  world.gate.cut()
  await tablet.context().setOffline(true)
  await write(tablet, secret)
  await follow(tablet, '/delt')
  await tablet.getByRole('link', { name: 'Del eit tiltak' }).click()
  await tablet.getByLabel('Tittel', { exact: true }).fill(begun)
  await follow(tablet, '/meg')
  await tablet.getByRole('button', { name: 'Send og gå frå bordet' }).click()
  await tablet.getByRole('heading', { name: 'Alt er ikkje sendt' }).waitFor()
  expect(await tablet.getByRole('button', { name: /tøm eininga/ }).count()).toBe(0)
  const downloaded = tablet.waitForEvent('download')
  await tablet.getByRole('button', { name: 'Lagre det usende som fil' }).click()
  const file = await (await downloaded).path()
  expect(readFileSync(file, 'utf8')).toContain(secret)
  expect(readFileSync(file, 'utf8')).toContain(begun)
  await tablet.getByRole('button', { name: /tøm eininga/ }).click()
  await tablet.getByRole('heading', { name: 'Eininga er tømd' }).waitFor()
  expect(await everythingOn(tablet)).not.toContain(secret)

  world.gate.restore()
  await follow(stord.page, '/eininga')
  await stord.page.locator('input[type=file]').setInputFiles(file)
  await saysSomewhere(stord.page, /^1 kort ligg no under «Delt med andre»/)
  await follow(stord.page, sheet)
  await saysSomewhere(stord.page, secret)
  await follow(stord.page, '/delt')
  await saysSomewhere(stord.page, begun)
})

it('says plainly what is wrong with a link, and a code is typed instead', async () => {
  const world = await newWorld()
  const stord = await showCode(world, 'demo-deltakar-stord')
  const { page } = await world.openBrowser()
  await page.goto(`${world.gate.origin}/bord#halv-lenkje`)
  await saysSomewhere(page, /Dette er ikkje ei heil lenkje/)
  await scan(page, world, `${stord.link.slice(0, -4)}AAAA`)
  await page.getByRole('button', { name: 'Bli med ved bordet' }).click()
  await saysSomewhere(page, /Koden eller lenkja finst ikkje/)

  // Without a network nothing can be shown where the programme has never been.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  world.gate.cut()
  await page.context().setOffline(true)
  await scan(page, world, stord.link)
  await page.getByRole('button', { name: 'Bli med ved bordet' }).click()
  await saysSomewhere(page, /Innhaldet til denne gruppa ligg ikkje på eininga/)
  world.gate.restore()
  await page.context().setOffline(false)

  await page.goto('about:blank')
  await page.goto(`${world.gate.origin}/bord`)
  await page.getByLabel('Kode').fill('feil-kode')
  await page.getByRole('button', { name: 'Finn bordet' }).click()
  await saysSomewhere(page, /Koden eller lenkja finst ikkje/)
  await page.getByLabel('Kode').fill(stord.typed.toUpperCase())
  await page.getByRole('button', { name: 'Finn bordet' }).click()
  await sitDown(page, world)
  await follow(page, '/inn')
  await page.getByRole('heading', { name: 'Eininga ligg på eit bord' }).waitFor()
})
