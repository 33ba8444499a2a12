import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.end())

const reflection =
  'På toget 🚂 til Førde: vi må slutte å føre same opplysning to stader. Æsj, øving på ålesundsk 👩🏽‍💻 🇳🇴'

const patience = { timeout: 30_000 }

const firstAnswer = (page: Page) => page.getByRole('textbox').first()

describe('studying on the train', () => {
  it('keeps a reflection through a lost network and a killed browser, and shows it on another device', async () => {
    const { gate } = world
    const tablet = await world.openBrowser()
    await signIn(tablet.page, gate.origin, 'demo-deltakar-stord')
    await waitUntilOfflineReady(tablet.page)

    await tablet.close()
    await tablet.start()
    await tablet.page.goto(gate.origin)
    await tablet.page.getByRole('navigation', { name: /Lina/ }).waitFor({ state: 'attached' })

    // Into the tunnel.
    gate.cut()
    await tablet.page.reload()
    await tablet.page.getByRole('navigation', { name: /Lina/ }).waitFor({ state: 'attached' })

    // Read an article and say so.
    await tablet.page.goto(`${gate.origin}/del/strategi/visjon`)
    await tablet.page.getByRole('heading', { name: 'Setninga ingen er usamd i' }).waitFor()
    await tablet.page.getByRole('button', { name: 'Ferdig lese' }).click()
    // Until the page shows it, it is not said that it is kept.
    await tablet.page.getByRole('button', { name: 'Ikkje ferdig likevel' }).waitFor()

    // Write a reflection; the page says truthfully where it is.
    await tablet.page.goto(`${gate.origin}/del/strategi/seie-nei`)
    await firstAnswer(tablet.page).pressSequentially(reflection)
    await tablet.page
      .getByText(/Lagra på eininga kl\./)
      .first()
      .waitFor()
    await tablet.page
      .getByText(/ikkje send/)
      .first()
      .waitFor()

    // No goodbye for anybody.
    await tablet.kill()
    await tablet.start()
    await tablet.page.goto(`${gate.origin}/del/strategi/seie-nei`)
    await expect.poll(() => firstAnswer(tablet.page).inputValue(), patience).toBe(reflection)
    await tablet.page
      .getByText(/ikkje send/)
      .first()
      .waitFor()
    expect(await tablet.page.getByText(/^Sendt/).count()).toBe(0)

    // Out of the tunnel.
    gate.restore()
    await tablet.page.evaluate(() => dispatchEvent(new Event('online')))
    await tablet.page.getByText('Alt er sendt').first().waitFor()

    // The same person's other device.
    const phone = await world.openBrowser()
    await signIn(phone.page, gate.origin, 'demo-deltakar-stord')
    await phone.page.goto(`${gate.origin}/del/strategi/seie-nei`)
    await expect.poll(() => firstAnswer(phone.page).inputValue(), patience).toBe(reflection)
    await phone.page.goto(`${gate.origin}/notat`)
    await phone.page.getByText('På toget 🚂 til Førde').first().waitFor()
    await phone.page.goto(`${gate.origin}/del/strategi/visjon`)
    await phone.page.getByRole('button', { name: 'Ikkje ferdig likevel' }).waitFor()
  })
})
