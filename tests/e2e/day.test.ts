import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faults, inAllSizes, picture } from './harness/look.ts'
import { follow, plainSpaces, tellOnline } from './harness/steps.ts'
import { newTraveller, newWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

const day = '/admin/dag/vestland-1-kull-1/samling-1'
const opening = 'Kven er i rommet, og kva har de med?'
const sheet = 'Arbeidsark: Kvar står vi no?'
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const now = (page: Page) => page.getByRole('region', { name: 'Det som skjer på samlinga no' })

describe('the day of a gathering', () => {
  it('is run by a facilitator, and everybody sees what goes on, with and without a network', async () => {
    const world = await newWorld()
    const hall = await world.openBrowser()
    const desk = await world.openBrowser()
    const { page: phone } = hall
    const { page } = desk
    await phone.setViewportSize({ width: 390, height: 844 })
    await signIn(phone, world.gate.origin, 'demo-deltakar-stord')
    await waitUntilOfflineReady(phone)
    await signIn(page, world.gate.origin, 'demo-fasilitator')

    // 1. From the gathering to its day, and the first activity.
    await follow(page, '/admin/samling/vestland-1-kull-1/samling-1')
    await page.getByRole('link', { name: 'Køyr dagen' }).click()
    await page.waitForURL(`**${day}`)
    await page.getByRole('heading', { level: 1, name: 'Samling 1' }).waitFor()
    await page.getByText('Alle skal ha sagt noko høgt før det har gått ti minutt').first().waitFor()
    await button(page, `Start «${opening}»`).first().click()
    await page.getByText('Alle i kullet ser dette no.').waitFor()
    await page.locator('.clock-buttons:focus').waitFor() // the keys are heard from there
    await now(phone).getByText(opening).waitFor()
    expect(plainSpaces(await now(phone).innerText())).toMatch(/(30|29) min att/)
    await picture(phone, 'day-home-390')

    // 2. The time stands, and goes on; a minute more is a minute more at once.
    await button(page, 'Stopp klokka').click()
    await now(phone)
      .getByText(/Klokka står\./)
      .waitFor()
    await button(page, 'Hald fram').click()
    await button(page, '5 min meir').click()
    await now(phone)
      .getByText(/3[45] min att/)
      .waitFor()
    await inAllSizes(page, 'day')

    // 3. By the keyboard to the sheet, which everybody can open.
    await button(page, 'Stopp klokka').focus()
    for (let press = 0; press < 3; press++) await page.keyboard.press('n')
    await page.getByText(sheet).first().waitFor()
    // The wall that is linked is the one of this sheet.
    const wallLink = page.getByRole('link', { name: 'Veggen' })
    expect(await wallLink.getAttribute('href')).toMatch(/ark=.*strategi\.utgangspunktet$/)
    await now(phone).getByText(sheet).waitFor()
    await now(phone).getByRole('link', { name: 'Opne arket' }).click()
    await phone.waitForURL('**/del/strategi/utgangspunktet')
    // There the time stands too, and nothing more to open.
    await phone.getByRole('heading', { level: 1, name: 'Kvar står vi no?' }).waitFor()
    await now(phone).getByText(sheet).waitFor()
    expect(await now(phone).getByRole('link').count()).toBe(0)
    await picture(phone, 'day-sheet-390')
    // The gathering's page has all that is done, and marks what goes on.
    await follow(phone, '/samling/samling-1')
    await phone.locator('.activities [aria-current="step"]').getByText(sheet).waitFor()
    expect(await phone.locator('.activities > li').count()).toBe(9)
    await inAllSizes(phone, 'day-gathering')
    await phone.setViewportSize({ width: 390, height: 844 })
    await follow(phone, '/')

    // 4. Without a network the phone goes on, also when it is opened anew.
    world.gate.cut()
    await phone.reload()
    await now(phone).getByText(sheet).waitFor()
    expect(await now(phone).innerText()).toMatch(/att/)

    // 5. What the facilitator does meanwhile is not told, and the page says so, until it is.
    await button(page, '5 min mindre').click()
    await page.getByText(/^Ikkje sendt: deltakarane ser ikkje dette enno/).waitFor()
    // Opened anew, it has the day with its guide, and what was pressed is still to be told.
    await page.reload()
    await page.getByText(/^Ikkje sendt: deltakarane ser ikkje dette enno/).waitFor()
    await page.getByText('Her blir utfordringa heimefrå til eit kart').first().waitFor()
    await button(page, '5 min mindre').click()
    await page.getByText(/^Ikkje sendt: deltakarane ser ikkje dette enno/).waitFor()
    world.gate.restore()
    await tellOnline(page)
    await page.getByText('Alle i kullet ser dette no.').waitFor()
    await tellOnline(phone)
    await now(phone)
      .getByText(/1 t (19|20) min att/)
      .waitFor()

    // 6. On the wall.
    await page.setViewportSize({ width: 1280, height: 800 })
    await button(page, 'Vis stort').click()
    const wall = page.getByRole('dialog', { name: 'Klokka, stort' })
    await wall.getByText(sheet).waitFor()
    expect(await faults(page)).toEqual([])
    await picture(page, 'day-screen-1280')
    await page.keyboard.press('p')
    await wall.getByText('klokka står').waitFor()
    await page.keyboard.press('Escape')
    await wall.waitFor({ state: 'hidden' })

    // 7. On paper: each activity with its guide, in its order.
    await page.emulateMedia({ media: 'print' })
    await picture(page, 'day-paper', true)
    const paper = await page.locator('.day-paper').innerText()
    const guides = [...paper.matchAll(/^(\d+)\. .+$/gm)].map(([, number]) => Number(number))
    expect(guides.filter((number, index) => number === index + 1).length).toBeGreaterThanOrEqual(1)
    expect(paper).toContain(
      'Det som ikkje har fått dato og rolle før bussen går, blir sjeldan gjort.',
    )
    expect(await page.locator('.day-clock').first().isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })

    // 8. It ends for everybody.
    for (let left = 0; left < 5; left++) await button(page, /^Neste:/).click()
    await button(page, 'Ferdig for i dag').click()
    await now(phone).waitFor({ state: 'detached' })
  })

  it('of two facilitators the second is told that the first was there', async () => {
    const world = await newWorld()
    const one = await world.openBrowser()
    const two = await world.openBrowser()
    for (const { page } of [one, two]) {
      await signIn(page, world.gate.origin, 'demo-fasilitator')
      await follow(page, day)
      await button(page, `Start «${opening}»`).first().waitFor()
    }
    await button(one.page, `Start «${opening}»`).first().click()
    await one.page.getByText('Alle i kullet ser dette no.').waitFor()
    // It comes to the other one by itself, who begins nothing anew.
    await button(two.page, 'Stopp klokka').waitFor()
    await button(two.page, 'Stopp klokka').click()
    await button(one.page, 'Hald fram').waitFor()
  })
})

describe('a day at home', () => {
  it('is kept by the group’s own tablet, without a network, and outlives a reload', async () => {
    const { world, page } = await newTraveller('demo-gruppe-stord')
    await page.setViewportSize({ width: 820, height: 1180 })
    await follow(page, '/samling/lokal-halvdag')
    await button(page, /^Start «Set dykk/)
      .first()
      .waitFor()
    world.gate.cut()
    await button(page, /^Start «Éin gevinst/).click()
    await page.locator('.day-clock').getByText(/att$/).waitFor()
    await page.getByText('Ein gevinst utan eigar er eit ønske.').waitFor()
    await button(page, '5 min mindre').click()
    await inAllSizes(page, 'day-at-home')
    await page.reload()
    await page.locator('.day-clock').getByText('Éin gevinst, éin eigar').waitFor()
    expect(plainSpaces(await page.locator('.day-clock-words').innerText())).toMatch(
      /(1 t|59 min|60 min) att/,
    )
    await page.locator('.day-clock').getByRole('link', { name: 'Opne arket' }).click()
    await page.waitForURL('**/del/teknologi/ein-gevinst')
    await now(page).getByText('Éin gevinst, éin eigar').waitFor()
    await picture(page, 'day-at-home-sheet-820')
    await page.goBack()
    await button(page, /^Neste: Fem setningar/).click()
    await page.locator('.day-clock').getByText('Fem setningar om KI').first().waitFor()
  })
})
