import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { ballot, hallCohort, pushAs, seatHall, type Voter } from './harness/hall.ts'
import { faults, inAllSizes, picture } from './harness/look.ts'
import { follow, patience, saysSomewhere } from './harness/steps.ts'
import { newWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const vote = 'kompetanseloft-vestland.strategi.kvar-er-vi'

/** A voter's own phone, signed in already. */
const openPhone = async (world: World, { cookie }: Voter): Promise<Page> => {
  const { page, context } = await world.openBrowser()
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: world.gate.origin }])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(world.gate.origin)
  await waitUntilOfflineReady(page)
  return page
}
const choose = (page: Page, question: RegExp, value: string) =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: value }).check()

it('a hall votes, with and without a network, and a facilitator sees it live and closes it', async () => {
  const world = await newWorld()
  const { voters } = seatHall(world.server, { people: 12, groups: 2 })
  const [own, ...others] = voters
  if (!own) throw new Error('a hall was asked for')
  const phone = await openPhone(world, own)
  const { page: desk } = await world.openBrowser()
  await signIn(desk, world.gate.origin, 'demo-fasilitator')
  const votes = async (some: readonly Voter[]): Promise<void> => {
    for (const [index, voter] of some.entries()) {
      const answers = { no: index === 0 ? 1 : 2, 'om-to-ar': index === 1 ? 4 : 5, ord: 'Tid, mot' }
      const pushes = [ballot(voter, vote, answers)]
      expect(await pushAs(world.server, voter, [{ scope: voter.own, pushes }])).toBe(true)
    }
  }
  const turnout = desk.locator('.vote-turnout').first()

  // 1. Four have answered: how many is told, and not what.
  await follow(desk, `/admin/vote/${hallCohort}`)
  await desk.getByRole('link', { name: /Kvar er vi, og kvar vil vi\?/ }).click()
  await votes(others.slice(0, 4))
  await turnout.getByText('8 manglar').waitFor(patience)
  await desk.getByText('Blir vist når nok har svart, aldri for færre enn fem.').first().waitFor()
  expect(await desk.locator('.vote-bars').count()).toBe(0)

  // 2. The fifth answers on a phone without a network, and is there by itself when it is back.
  await phone.context().setOffline(true)
  await follow(phone, '/del/strategi/kvar-er-vi')
  await choose(phone, /Kvar er kommunen din i dag\?/, '2')
  await choose(phone, /Kvar vil du at kommunen skal vere/, '5')
  await phone.getByRole('textbox').fill('tid, ro')
  await saysSomewhere(phone, /^Lagra på eininga kl\./)
  await phone.getByText(/^Resultatet kjem når eininga har nett/).waitFor()
  await phone.context().setOffline(false)
  await turnout.getByText('7 manglar').waitFor(patience)
  expect(await desk.locator('.vote-bars').count()).toBe(0)

  // 3. Ten have answered: five are told, and one more changes nothing of it.
  await votes(others.slice(4, 9))
  await desk.getByText('Minst 5 har svart').first().waitFor(patience)
  await votes(others.slice(9, 10))
  await turnout.getByText('1 manglar').waitFor(patience)
  expect(await desk.getByText('Minst 5 har svart').count()).toBe(6) // on the page and on its screen

  // 4. It is closed: all who answered are in the picture, on the wall and on the phone.
  await desk.getByRole('button', { name: 'Avslutt og vis alle svara' }).click()
  await desk.getByRole('button', { name: 'Opne igjen' }).waitFor()
  await desk.getByText('Minst 10 har svart').first().waitFor(patience)
  await desk.getByText('Flest seier 2 i dag, og flest vil til 5.').first().waitFor()
  await desk.locator('.vote-cloud').first().getByText('tid').waitFor()
  // Written by one person.
  expect(await desk.locator('.vote-cloud').first().getByText('ro', { exact: true }).count()).toBe(0)
  await inAllSizes(desk, 'vote', true)
  await desk.getByRole('button', { name: 'Vis på lerret' }).click()
  const screen = desk.getByRole('dialog')
  await screen.getByText('Minst 10 har svart').first().waitFor()
  expect(await faults(desk)).toEqual([])
  await picture(desk, 'vote-screen-1280')
  await desk.keyboard.press('Escape')
  await screen.waitFor({ state: 'hidden' })

  await phone.getByRole('button', { name: 'Sjå etter på nytt' }).click()
  await phone.getByText('Avslutta').waitFor()
  await phone.getByText('Flest seier 2 i dag, og flest vil til 5.').waitFor()
  await inAllSizes(phone, 'vote-result', true)

  // 5. The other kinds of questions.
  await follow(phone, '/del/strategi/tema-framover')
  await phone.getByText('Gevinstarbeid').first().waitFor()
  await inAllSizes(phone, 'vote-ranking', true)
  await follow(phone, '/del/organisasjon/evaluering')
  await phone.getByRole('radio').first().waitFor()
  await inAllSizes(phone, 'vote-evaluation', true)
})
