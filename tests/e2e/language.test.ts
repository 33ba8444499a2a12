import { describe, expect, it } from 'vitest'
import { chooseLanguage, follow, patience, plainSpaces } from './harness/steps.ts'
import { newTraveller, newWorld, signIn } from './harness/world.ts'

const saturday = new Date('2026-12-12T09:30:00')

describe('nynorsk and bokmål', () => {
  it('names the day in the language of the page, though the browser knows no nynorsk', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.clock.setFixedTime(saturday)
    await signIn(page, world.gate.origin, 'demo-deltakar-stord')

    await page.getByText(/^laurdag 12\. desember$/i).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('nn')
    await chooseLanguage(page, 'Bokmål')
    await page.getByText(/^lørdag 12\. desember$/i).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('nb')
    expect(await page.getByText(/laurdag/i).count()).toBe(0)
  })

  it('writes numbers the Norwegian way in both', async () => {
    const { page, origin } = await newTraveller('demo-deltakar-stord')
    // The devtools cannot raise it: Chromium tells pages no more than 10 GiB above what they use.
    await page.addInitScript(() => {
      navigator.storage.estimate = () => Promise.resolve({ usage: 1.7e6, quota: 1_234.5e9 })
    })
    await page.goto(`${origin}/eininga`)

    const room = page.locator('.hold p')
    await expect
      .poll(async () => plainSpaces(await room.innerText()), patience)
      .toMatch(/^1,7 MB av 1 234,5 GB som nettlesaren gir oss$/)
    await chooseLanguage(page, 'Bokmål')
    await expect
      .poll(async () => plainSpaces(await room.innerText()), patience)
      .toMatch(/^1,7 MB av 1 234,5 GB som nettleseren gir oss$/)
  })

  it('remembers the choice', async () => {
    const { page, browser, origin } = await newTraveller('demo-deltakar-stord')
    await chooseLanguage(page, 'Bokmål')
    await page.getByRole('navigation', { name: /^Linjen/ }).waitFor({ state: 'attached' })
    await page.reload()
    await page.getByRole('navigation', { name: /^Linjen/ }).waitFor({ state: 'attached' })
    expect(await page.locator('html').getAttribute('lang')).toBe('nb')
    expect(await page.getByText('Leiargruppa', { exact: true }).count()).toBe(0)

    await browser.close()
    await browser.start()
    await browser.page.goto(origin)
    await browser.page.getByRole('navigation', { name: /^Linjen/ }).waitFor({ state: 'attached' })
    expect(await browser.page.locator('html').getAttribute('lang')).toBe('nb')
  })

  it('chooses a language before anybody has signed in', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.goto(`${world.gate.origin}/`)
    await page.getByText('Skriv koden du har fått, eller opne lenkja i invitasjonen.').waitFor()
    await page.getByRole('button', { name: 'Bokmål' }).click()
    await page.getByText('Skriv koden du har fått, eller åpne lenken i invitasjonen.').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('nb')
  })

  it('changes the language of an article without network, and forgets no half-written note', async () => {
    const { world, page } = await newTraveller('demo-deltakar-stord')
    await follow(page, '/del/strategi/visjon')
    await page.getByRole('heading', { name: 'Setninga ingen er usamd i' }).waitFor()
    world.gate.cut()

    await page.getByRole('textbox').last().fill('Halvskriven tanke')
    await chooseLanguage(page, 'Bokmål')
    await page.getByRole('heading', { name: 'Setningen ingen er uenig i' }).waitFor()
    const nb = await page.locator('.art').first().innerText()
    expect(nb).toMatch(/\bikke\b/)
    expect(nb).not.toMatch(/\bikkje\b/)
    expect(await page.getByRole('textbox').last().inputValue()).toBe('Halvskriven tanke')

    await chooseLanguage(page, 'Nynorsk')
    await page.getByRole('heading', { name: 'Setninga ingen er usamd i' }).waitFor()
    await expect.poll(() => page.locator('.art').first().innerText(), patience).toMatch(/\bikkje\b/)
  })
})
