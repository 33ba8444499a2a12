import { expect, it } from 'vitest'
import { inAllSizes } from './harness/look.ts'
import { expectValue, firstAnswer, follow, patience, waitUntilAllSent } from './harness/steps.ts'
import { newWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

const sheet = '/del/strategi/utfordringa'
const answer = 'Legevakta og heimesjukepleia spør om det same.'
const secret = 'Dette tek eg ikkje med.'

it('an own answer is brought to the group on purpose, read on its tablet without a network, and used in a sheet', async () => {
  const world = await newWorld()
  const { page: mine } = await world.openBrowser()
  const { page: table } = await world.openBrowser()
  await signIn(mine, world.gate.origin, 'demo-deltakar-stord')
  await signIn(table, world.gate.origin, 'demo-gruppe-stord')
  await waitUntilOfflineReady(table)
  await follow(mine, '/del/strategi/folg-ein')

  // 1. Nothing goes to the group by itself, and it is said who will see it before it does.
  const fields = mine.locator('.field textarea')
  const last = fields.last()
  await last.fill(answer)
  await fields.nth((await fields.count()) - 2).fill(secret)
  const bring = mine.getByRole('button', { name: 'Ta med til gruppa' }).last()
  await bring.click()
  await mine.getByText(/Då ser alle i .* svaret, med namnet ditt/).waitFor()
  await inAllSizes(mine, 'bring', true)
  await mine.getByRole('button', { name: 'Ta med', exact: true }).click()
  await mine.getByText(/^\s*Teke med til /).waitFor()
  await waitUntilAllSent(mine)

  // 2. The tablet has it, and loses the network.
  await follow(table, sheet)
  const card = table.locator('.thread li').filter({ hasText: answer })
  await card.waitFor(patience)
  world.gate.cut()
  await table.context().setOffline(true)
  await table.reload()
  await card.waitFor()
  await card.getByText('Kommunedirektør').first().waitFor()
  expect(await table.getByText(secret).count()).toBe(0)

  // 3. It is put behind what stands in the writer's own block.
  await table.getByRole('button', { name: 'HR-leiar' }).click()
  await firstAnswer(table).fill('Natta er verst.')
  await card.getByRole('button', { name: /Bruk i svaret/ }).click()
  await expectValue(firstAnswer(table), `Natta er verst.\n\n${answer}`)
  await table.getByText('Teksten er sett inn i svaret.').waitFor()
  await inAllSizes(table, 'thread', true)

  // 4. Large type stays chosen on this tablet.
  await table.getByRole('button', { name: 'Stor skrift' }).click()
  await inAllSizes(table, 'large', true)
  await table.reload()
  await table.getByRole('button', { name: 'Stor skrift', pressed: true }).waitFor()

  // 5. Taken away again, it goes from the tablet too; what was used of it stays.
  world.gate.restore()
  await table.context().setOffline(false)
  await mine.getByRole('button', { name: 'Ta bort att' }).click()
  await expect.poll(() => card.count(), patience).toBe(0)
  await expectValue(firstAnswer(table), `Natta er verst.\n\n${answer}`)
})

it('who deletes much of another’s text is warned and can take it back; others are told, and can keep the words', async () => {
  const long =
    'Vi får ikkje tak i nok helsefagarbeidarar, og dei vi har, bruker mykje av vakta på å føre.'
  const world = await newWorld()
  const { page: mine } = await world.openBrowser()
  const { page: table } = await world.openBrowser()
  for (const [page, code] of [
    [mine, 'demo-deltakar-stord'],
    [table, 'demo-gruppe-stord'],
  ] as const) {
    await signIn(page, world.gate.origin, code)
    await waitUntilOfflineReady(page)
    await follow(page, sheet)
  }
  await table.getByRole('button', { name: 'HR-leiar' }).click()
  await firstAnswer(table).fill(long)
  await waitUntilAllSent(table)
  // The tablet's next writer reads the first one's block.
  await table.getByRole('button', { name: 'IKT-leiar' }).click()
  const there = table.locator('.group-text > article').filter({ hasText: 'HR-leiar' })
  await there.getByText(long).waitFor()

  // 1. Deleted key by key, with the warning while it is still going on.
  const block = mine.locator('.group-text > article').filter({ hasText: 'HR-leiar' })
  await block.getByRole('button', { name: /Rediger/ }).click(patience)
  const area = block.getByRole('textbox')
  await area.press('Control+End')
  for (let count = 0; count < 41; count++) await mine.keyboard.press('Backspace')
  const warning = block.getByText(/Du har sletta mykje av teksten til HR-leiar/)
  await warning.waitFor()
  await inAllSizes(mine, 'warning', true)
  await block.getByRole('button', { name: 'Angre' }).click()
  await expectValue(area, long)
  expect(await warning.count()).toBe(0)

  // 2. Deleted again and let be: the tablet is told, and has the words back as its writer's own.
  await area.press('Control+A')
  await area.press('Delete')
  await block.getByText('Du har sletta heile teksten til HR-leiar.').waitFor()
  await there.getByText(/teke bort på ei anna eining/).waitFor(patience)
  await inAllSizes(table, 'removed', true)
  await there.getByRole('button', { name: 'Hent inn i svaret mitt' }).click()
  await expect
    .poll(() => table.locator('.group-text textarea').first().inputValue(), patience)
    .toBe(long)
})
