import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  expectValue,
  firstAnswer,
  follow,
  patience,
  saysSomewhere,
  tellOnline,
  waitUntilAllSent,
} from './harness/steps.ts'
import { newTraveller, newWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

const task = '/del/strategi/seie-nei'
const groupTask = '/del/strategi/utfordringa'
const person = 'demo-deltakar-stord'

const typeCode = async (page: Page, code: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Kode' }).fill(code)
  await page.getByRole('button', { name: 'Logg inn' }).click()
}
const line = (page: Page) => page.getByRole('navigation', { name: /^Lina/ })
/** One page stands: its heading, and nothing has crashed. */
const expectPage = async (page: Page): Promise<void> => {
  await page.locator('main h1').first().waitFor()
  expect(await page.getByText('Noko gjekk gale i Løft').count()).toBe(0)
}

describe('signing in', () => {
  it('leads from each printed link to a working page', async () => {
    const world = await newWorld()
    const links = world.server.lines.flatMap((one) => /http:\/\/\S+\/inn\/\S+/.exec(one)?.[0] ?? [])
    expect(links).toHaveLength(6)
    for (const link of links) {
      const { page, remove } = await world.openBrowser()
      const failures: string[] = []
      page.on('pageerror', (error) => failures.push(error.message))
      await page.goto(link)
      await page.getByRole('button', { name: 'Logg inn' }).click()
      await line(page).waitFor({ state: 'attached' })
      await expectPage(page)
      // Every page of the menu, and the thing that the line offers.
      await page.getByRole('button', { name: 'Meny' }).click()
      const menu = page.getByRole('dialog', { name: 'Meny' }).getByRole('link')
      const addresses = await menu.evaluateAll((all) => all.map((one) => one.getAttribute('href')))
      const next = await page.locator('main a.btn.lamp').first().getAttribute('href')
      expect(addresses.length).toBeGreaterThanOrEqual(3)
      await page.keyboard.press('Escape')
      for (const address of [...addresses, next]) {
        await follow(page, address ?? '')
        await expectPage(page)
      }
      expect(failures).toEqual([])
      await remove()
    }
  })

  it.each(['demo-fasilitator', 'demo-administrator'])('lets %s in to the line', async (code) => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.goto(`${world.gate.origin}/inn`)
    await typeCode(page, code)
    await line(page).waitFor({ state: 'attached' })
    await expectPage(page)
  })

  it('says in Norwegian that a code is wrong, and keeps what was typed', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.goto(`${world.gate.origin}/inn`)
    await typeCode(page, 'demo-deltakar-strod')
    await page
      .getByRole('alert')
      .getByText('Vi kjenner ikkje denne koden. Sjå etter skrivefeil, eller be om ein ny.')
      .waitFor()
    const code = page.getByRole('textbox', { name: 'Kode' })
    expect(await code.inputValue()).toBe('demo-deltakar-strod')
    expect(await code.getAttribute('aria-invalid')).toBe('true')
    await typeCode(page, ' DEMO-deltakar-stord ')
    await line(page).waitFor({ state: 'attached' })
  })

  it('takes a link with any characters, and says that it is wrong', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.goto(`${world.gate.origin}/inn/100%25-sikker`)
    await page.getByRole('button', { name: 'Logg inn' }).click()
    await page.getByRole('alert').getByText('Vi kjenner ikkje denne koden').waitFor()
  })

  it('says that there is no network, and signs in when it is back', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.goto(`${world.gate.origin}/inn`)
    await page.getByRole('textbox', { name: 'Kode' }).waitFor()
    world.gate.cut()
    await typeCode(page, person)
    await page.getByRole('alert').getByText('Vi når ikkje Løft').waitFor()
    world.gate.restore()
    await page.getByRole('button', { name: 'Logg inn' }).click()
    await line(page).waitFor({ state: 'attached' })
  })

  it('signs in another device by a code, once', async () => {
    const { world, page, origin } = await newTraveller(person)
    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Vis ein kode' }).click()
    const code = await page.locator('.device-code').innerText()

    const phone = await world.openBrowser()
    await phone.page.goto(`${origin}/inn`)
    await typeCode(phone.page, code.toUpperCase().replace('-', ' '))
    await line(phone.page).waitFor({ state: 'attached' })
    await follow(phone.page, '/meg')
    await phone.page.getByRole('heading', { name: 'Kommunedirektør, Stord' }).waitFor()

    const stranger = await world.openBrowser()
    await stranger.page.goto(`${origin}/inn`)
    await typeCode(stranger.page, code)
    await stranger.page.getByRole('alert').getByText('Koden er brukt eller for gammal').waitFor()
  })
})

describe('a politician', () => {
  it('sees five films and the meeting, and an answer outlives a reload', async () => {
    const { page } = await newTraveller('demo-politikar-stord')
    await page.getByRole('heading', { name: 'Fem filmar og eitt møte' }).waitFor()
    expect(
      await page.getByRole('navigation', { name: /^Lina/ }).getByRole('listitem').count(),
    ).toBe(6)
    await page.getByRole('heading', { name: 'Møtet', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Sjå filmen' }).click()
    await firstAnswer(page).pressSequentially('Mindre rapportering, meir tid heime hos folk.')
    await page.getByRole('radio', { name: /^4/ }).check()
    await saysSomewhere(page, /^Sendt kl\./)
    await page.reload()
    await expectValue(firstAnswer(page), 'Mindre rapportering, meir tid heime hos folk.')
    await expect
      .poll(() => page.getByRole('radio', { name: /^4/ }).isChecked(), patience)
      .toBe(true)
  })
})

describe('a group at two devices', () => {
  it('loses no text that both wrote in the same field offline', async () => {
    const { world, page: mine, origin } = await newTraveller(person)
    const shared = await world.openBrowser()
    await signIn(shared.page, origin, 'demo-gruppe-stord')
    await waitUntilOfflineReady(shared.page)
    const pages = [mine, shared.page]
    for (const page of pages) {
      await follow(page, groupTask)
      await page.getByRole('heading', { name: 'Utfordringa vår' }).waitFor()
    }
    world.gate.cut()
    const texts = ['Familiar må melde flytting fem gonger.', 'Byggjesaker ventar på tre fag. 🏗️']
    for (const [index, page] of pages.entries()) {
      await firstAnswer(page).pressSequentially(texts[index] ?? '')
      await saysSomewhere(page, /^Lagra på eininga kl\./)
    }
    const agreed = ['Vi satsar på opplæring av alle leiarar.', 'Vi kuttar i skjema. ✂️']
    for (const [index, page] of pages.entries()) {
      await page.getByLabel('Dette samlar vi oss om').pressSequentially(agreed[index] ?? '')
      await page.getByLabel('Dette samlar vi oss om').blur()
    }
    world.gate.restore()
    for (const page of [...pages, ...pages]) {
      await tellOnline(page)
      await waitUntilAllSent(page)
    }
    // Each keeps its own text in its field, and reads the other's with its writer.
    await expectValue(firstAnswer(mine), texts[0] ?? '')
    await mine
      .getByRole('article', { name: 'Leiargruppa, Stord' })
      .getByText(texts[1] ?? '')
      .waitFor()
    await expectValue(firstAnswer(shared.page), texts[1] ?? '')
    await shared.page
      .getByRole('article', { name: 'Kommunedirektør, Stord' })
      .getByText(texts[0] ?? '')
      .waitFor()

    // A third device of the group reads both.
    const third = await world.openBrowser()
    await signIn(third.page, origin, person)
    await third.page.goto(`${origin}${groupTask}`)
    for (const text of [...texts, ...agreed]) await third.page.getByText(text).waitFor()
  })
})

describe('signing out with words that are not sent', () => {
  it('warns, keeps the words, and sends them when their owner signs in again', async () => {
    const { world, page, origin } = await newTraveller(person)
    await follow(page, task)
    world.gate.cut()
    await firstAnswer(page).pressSequentially('Skrive i tunnelen')
    await saysSomewhere(page, /^Lagra på eininga kl\./)
    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Logg ut', exact: true }).click()
    await page.getByRole('alert').getByText('Noko er ikkje sendt').waitFor()
    await page.getByRole('button', { name: 'Logg ut likevel' }).click()
    await page.getByRole('textbox', { name: 'Kode' }).waitFor()

    // The next one at this device is not the one who left, even when the server could not be told.
    world.gate.restore()
    await page.reload()
    await page.getByRole('textbox', { name: 'Kode' }).waitFor()
    const { cookies } = await (await page.context().newCDPSession(page)).send('Network.getCookies')
    expect(cookies.filter(({ name }) => name === 'loft_session')).toEqual([])
    await typeCode(page, 'demo-politikar-stord')
    await page.getByRole('heading', { name: 'Fem filmar og eitt møte' }).waitFor()
    await follow(page, '/notat')
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByText('Skrive i tunnelen').count()).toBe(0)
    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Logg ut', exact: true }).click()
    await page.getByRole('textbox', { name: 'Kode' }).waitFor()

    await typeCode(page, person)
    await line(page).waitFor({ state: 'attached' })
    await waitUntilAllSent(page)
    await follow(page, task)
    await expectValue(firstAnswer(page), 'Skrive i tunnelen')

    const phone = await world.openBrowser()
    await signIn(phone.page, origin, person)
    await phone.page.goto(`${origin}${task}`)
    await expectValue(firstAnswer(phone.page), 'Skrive i tunnelen')
  })

  it('goes out at once when all is sent, and leaves no word on the device', async () => {
    const { page } = await newTraveller(person)
    await follow(page, task)
    await firstAnswer(page).pressSequentially('Delt eining')
    await saysSomewhere(page, /^Sendt kl\./)
    await follow(page, '/meg')
    await page.getByRole('button', { name: 'Logg ut', exact: true }).click()
    await page.getByRole('textbox', { name: 'Kode' }).waitFor()
    const databases = await page.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name ?? ''),
    )
    expect(databases.filter((name) => name.includes('stord'))).toEqual([])
  })
})

describe('a session that ended', () => {
  it('goes on writing, offers to sign in, and then sends everything', async () => {
    const { world, page, origin } = await newTraveller(person)
    await follow(page, task)
    await firstAnswer(page).pressSequentially('Før økta gjekk ut.')
    await saysSomewhere(page, /^Sendt kl\./)
    await page.context().clearCookies({ name: 'loft_session' })
    await firstAnswer(page).pressSequentially(' Etter at ho gjekk ut.')
    await saysSomewhere(page, /^Økta er gått ut\. Skriv gjerne vidare/)
    await firstAnswer(page).pressSequentially(' Og litt til.')
    await saysSomewhere(page, /^Lagra på eininga kl\./)
    const whole = 'Før økta gjekk ut. Etter at ho gjekk ut. Og litt til.'

    // Closed and opened again, it is still theirs to write in; every page says what is wrong.
    await page.reload()
    await expectValue(firstAnswer(page), whole)
    await follow(page, '/')
    await line(page).waitFor({ state: 'attached' })
    await page.getByRole('banner').getByRole('link', { name: 'Logg inn for å sende' }).click()
    await typeCode(page, person)
    await line(page).waitFor({ state: 'attached' })
    await waitUntilAllSent(page)

    const phone = await world.openBrowser()
    await signIn(phone.page, origin, person)
    await phone.page.goto(`${origin}${task}`)
    await expectValue(firstAnswer(phone.page), whole)
  })
})
