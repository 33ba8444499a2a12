import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  expectValue,
  firstAnswer,
  follow,
  saysSomewhere,
  tellOnline,
  waitUntilAllSent,
} from './harness/steps.ts'
import { openWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const task = '/del/strategi/seie-nei'
const sheet = '/del/strategi/utfordringa'
const first = 'Vi sluttar å føre fråvær to stader, og vi seier frå til fylket om det.'
const second = 'Vi sluttar å trykkje rapporten.'

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld()
  page = (await world.openBrowser()).page
  await signIn(page, world.gate.origin, 'demo-deltakar-stord')
  await waitUntilOfflineReady(page)
})
afterAll(() => world.end())

const opener = (): Locator => page.getByRole('button', { name: /^Tidlegare versjonar/ }).first()
const dialog = (): Locator => page.getByRole('dialog', { name: 'Tidlegare versjonar' })
/** Opens the version that begins so, and brings it back. */
const bringBack = async (text: string): Promise<void> => {
  const row = dialog().getByRole('listitem').filter({ hasText: text })
  await row.locator('summary').click()
  expect(await row.locator('.written').innerText()).toBe(text)
  await row.getByRole('button', { name: /^Hent tilbake/ }).click()
  await dialog().waitFor({ state: 'detached' })
}
const write = async (text: string): Promise<void> => {
  await firstAnswer(page).fill(text)
  await page
    .getByText(/^Sendt kl\./)
    .first()
    .waitFor()
  await waitUntilAllSent(page)
}

describe('earlier versions', () => {
  it('finds a text that was changed and deleted, and brings it back as a new edit that can be undone', async () => {
    await follow(page, task)
    expect(await opener().count()).toBe(0)
    await write(first)
    await write(second)
    await write('')

    // In the blank field the way to them opens when somebody goes into it.
    await firstAnswer(page).focus()
    await opener().click()
    await bringBack(first)
    await expectValue(firstAnswer(page), first)
    await saysSomewhere(page, /^Henta tilbake frå kl\./)
    await page.locator('.undo-note').getByRole('button', { name: 'Angre' }).click()
    await expectValue(firstAnswer(page), '')

    await opener().click()
    await bringBack(second)
    await expectValue(firstAnswer(page), second)
    await waitUntilAllSent(page)

    // Nothing is removed by it: the other version is still there.
    await opener().click()
    await dialog().getByRole('listitem').filter({ hasText: first }).first().waitFor()
    await page.keyboard.press('Escape')
  })

  it('gives the caret back: who closes it with the mouse goes on writing', async () => {
    await firstAnswer(page).click()
    await page.keyboard.press('End')
    await opener().click()
    await dialog().locator('summary').first().click()
    await dialog().getByRole('button', { name: 'Lukk' }).click()
    await dialog().waitFor({ state: 'detached' })
    await page.keyboard.type(' Og plakatane.')
    await expectValue(firstAnswer(page), `${second} Og plakatane.`)
  })

  it('is used by the keyboard alone: the focus stays inside and comes back', async () => {
    await firstAnswer(page).focus()
    await page.keyboard.press('Tab')
    expect(await opener().evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await dialog().locator('summary').first().waitFor()
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press('Tab')
      const outside = await page.evaluate(() => {
        const { activeElement: on, body } = document
        return on !== null && on !== body && on.closest('dialog') === null
      })
      expect(outside).toBe(false)
    }
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    expect(await opener().evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it('says without a network that they lie on the server, and shows them when it is back', async () => {
    world.gate.cut()
    await opener().click()
    await dialog()
      .getByText(/^Tidlegare versjonar ligg på tenaren/)
      .first()
      .waitFor()
    world.gate.restore()
    await dialog().getByRole('button', { name: 'Prøv igjen' }).click()
    await dialog().getByRole('listitem').filter({ hasText: first }).first().waitFor()
    await page.keyboard.press('Escape')
    await tellOnline(page)
  })

  it("shows a group's versions with their writers, and brings back the block that another emptied", async () => {
    const tablet = (await world.openBrowser()).page
    await signIn(tablet, world.gate.origin, 'demo-gruppe-stord')
    await tablet.goto(`${world.gate.origin}${sheet}`)
    await firstAnswer(tablet).fill(first)
    await waitUntilAllSent(tablet)
    await firstAnswer(tablet).fill('')
    await waitUntilAllSent(tablet)

    await page.goto(`${world.gate.origin}${sheet}`)
    await firstAnswer(page).focus()
    await opener().click()
    const row = dialog().getByRole('listitem').filter({ hasText: first })
    await row.getByText('Leiargruppa, Stord').waitFor()
    await bringBack(first)
    const block = page.getByRole('article', { name: 'Leiargruppa, Stord' })
    await block.getByText(first).waitFor()
    await saysSomewhere(page, /^Henta tilbake frå kl\./)
  })
})
