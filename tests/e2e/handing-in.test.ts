import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { follow, tellOnline, waitUntilAllSent } from './harness/steps.ts'
import { newTraveller, signIn } from './harness/world.ts'

const sheet = '/del/strategi/utfordringa'
const handIn = (page: Page) => page.getByRole('region', { name: 'Lever arket' })

it('a group hands its sheet in without a network, sees that it was changed after, and hands it in again', async () => {
  const { world, page, origin } = await newTraveller('demo-gruppe-stord')
  await follow(page, sheet)
  const text = page.getByRole('textbox').first()
  await text.waitFor()
  expect(await handIn(page).count()).toBe(0) // an empty sheet
  await text.fill('Nattevaktene først.')
  await waitUntilAllSent(page)

  world.gate.cut()
  await handIn(page).getByRole('button', { name: 'Lever arket' }).click()
  await handIn(page).getByText('Blir levert når nettet er der').waitFor()
  expect(await handIn(page).getByRole('button').count()).toBe(0)
  world.gate.restore()
  await tellOnline(page)
  await handIn(page)
    .getByText(/^Levert kl\. \d\d\.\d\d av Leiargruppa, Stord$/)
    .waitFor()

  // Another member reads it, and writes.
  const member = await world.openBrowser()
  await signIn(member.page, origin, 'demo-deltakar-stord')
  await member.page.goto(`${origin}${sheet}`)
  await handIn(member.page)
    .getByText(/^Levert/)
    .waitFor()
  expect(await handIn(member.page).getByText('Endra etter levering').count()).toBe(0)
  await member.page.getByRole('button', { name: 'Legg til eit svar' }).click()
  await member.page.keyboard.type('Og dagvaktene.')
  await handIn(member.page).getByText('Endra etter levering').waitFor()
  await handIn(member.page).getByRole('button', { name: 'Lever på nytt' }).click()
  await handIn(member.page)
    .getByText(/^Levert kl\. \d\d\.\d\d av Kommunedirektør, Stord$/)
    .waitFor()
  expect(await handIn(member.page).getByText('Endra etter levering').count()).toBe(0)
})
