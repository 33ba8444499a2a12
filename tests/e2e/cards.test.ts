import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inAllSizes } from './harness/look.ts'
import { follow, patience, tellOnline } from './harness/steps.ts'
import { newWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const title = 'Digitalt tilsyn på Ålvik'
const arrive = async (world: World, code: string) => {
  const { page } = await world.openBrowser()
  await signIn(page, world.gate.origin, code)
  await waitUntilOfflineReady(page)
  return page
}
const fill = async (page: Page, text = title): Promise<void> => {
  await follow(page, '/delt')
  await page.getByRole('link', { name: 'Del eit tiltak' }).click()
  await page.getByRole('button', { name: 'Sjå kortet før du deler' }).click()
  await page.getByText('Dette må fyllast ut før kortet kan delast.').first().waitFor()
  await page.getByLabel('Tittel', { exact: true }).fill(text)
  await page.getByLabel('Kva vi gjer').fill('Sensorar i staden for ti rundar kvar natt')
  await page.getByLabel('Kva det gir').fill('Betre søvn')
  await page.getByLabel('Kven andre kan spørje').fill('IKT-leiar')
  await page.getByLabel('Teknologi').check()
  await page.getByRole('button', { name: 'Sjå kortet før du deler' }).click()
  await page.getByText('Alle i kullet, fasilitatorane og sekretariatet kan lese dette.').waitFor()
}
it('a card that Stord’s tablet shares without a network is found by Sunnfjord without one', async () => {
  const world = await newWorld()
  const tablet = await arrive(world, 'demo-gruppe-stord')
  await follow(tablet, '/delt')
  world.gate.cut()
  await fill(tablet)
  await inAllSizes(tablet, 'cards-preview', true)
  await tablet.getByRole('button', { name: 'Del kortet' }).click()
  await tablet.getByText('Ventar på å bli delt').waitFor()
  await tablet.reload()
  await tablet.getByText('Ventar på å bli delt').or(tablet.getByLabel('Tittel')).first().waitFor()
  expect(
    await tablet.evaluate(() => localStorage.getItem('loft-own-cards:gruppe-stord') ?? ''),
  ).toContain(title)

  world.gate.restore()
  await tellOnline(tablet)
  await expect
    .poll(
      () => tablet.evaluate(() => localStorage.getItem('loft-own-cards:gruppe-stord')),
      patience,
    )
    .toBeNull()
  const reader = await arrive(world, 'demo-deltakar-sunnfjord')
  await expect
    .poll(
      () => reader.evaluate(() => localStorage.getItem('loft-cards:deltakar-sunnfjord') ?? ''),
      patience,
    )
    .toContain(title)
  world.gate.cut()
  await follow(reader, '/delt')
  await reader.getByLabel('Søk i korta').fill('AALVIK søvn')
  await reader.getByRole('status').filter({ hasText: '1 kort.' }).waitFor()
  await inAllSizes(reader, 'cards-library', true)
  await reader.getByLabel('Modul').selectOption({ label: 'Leiing' })
  await reader.getByText('Ingen kort passar.').waitFor()
  await reader.getByLabel('Modul').selectOption({ label: 'Teknologi' })
  await reader.getByRole('link', { name: new RegExp(title) }).click()
  await reader.getByText('Sensorar i staden for ti rundar').waitFor()
  await inAllSizes(reader, 'cards-card', true)

  await reader.getByRole('link', { name: 'Bruk i planen vår' }).click()
  await reader.getByRole('checkbox', { name: new RegExp(title) }).check()
  await reader.getByRole('button', { name: /Hent inn/ }).click()
  await expect
    .poll(() => reader.locator('.effort textarea').first().inputValue(), patience)
    .toContain(title)
  expect(await reader.getByRole('checkbox', { name: new RegExp(title) }).count()).toBe(0)
})

it('a waiting card holds signing out up, outlives it, and is sent by its own writer alone', async () => {
  const world = await newWorld()
  const page = await arrive(world, 'demo-deltakar-stord')
  await follow(page, '/delt')
  const keys = () => page.evaluate(() => Object.keys(localStorage))
  await expect.poll(keys, patience).toContain('loft-cards:deltakar-stord')
  world.gate.cut()
  await fill(page)
  await page.getByRole('button', { name: 'Del kortet' }).click()
  await page.getByText('Ventar på å bli delt').waitFor()
  await follow(page, '/meg')
  await page.getByRole('button', { name: 'Logg ut', exact: true }).click()
  await page.getByRole('button', { name: /Logg ut likevel/ }).click()
  await expect.poll(keys, patience).not.toContain('loft-cards:deltakar-stord')
  expect(await keys()).toContain('loft-own-cards:deltakar-stord')

  world.gate.restore()
  await tellOnline(page)
  await signIn(page, world.gate.origin, 'demo-deltakar-sunnfjord')
  expect(await keys()).toContain('loft-own-cards:deltakar-stord')
  await page.context().clearCookies()
  await signIn(page, world.gate.origin, 'demo-deltakar-stord')
  await expect.poll(keys, patience).not.toContain('loft-own-cards:deltakar-stord')
  await follow(page, '/delt')
  await page.getByRole('link', { name: new RegExp(title) }).waitFor()
})
