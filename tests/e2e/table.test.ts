import { expect, it } from 'vitest'
import { expectValue, follow } from './harness/steps.ts'
import { newTraveller } from './harness/world.ts'

it('a table gives back every row that was removed, also after the page was left', async () => {
  const { page } = await newTraveller('demo-deltakar-stord')
  await follow(page, '/del/leiing/tiltaksplan')
  const rows = page.locator('table tbody tr')
  for (const [index, text] of ['Éi vaktliste', 'Felles skjema'].entries()) {
    await rows.nth(index).getByRole('textbox').first().fill(text)
  }
  const removed = page.locator('.removed-rows')
  for (const count of [1, 2]) {
    await rows.first().getByRole('button').click()
    await removed.getByText(`Fjerna rader: ${count}`).waitFor()
  }
  await page
    .getByText(/^(Lagra på eininga|Sendt) kl\./)
    .first()
    .waitFor()
  await page.reload()
  await removed.locator('summary').click()
  for (const text of ['Éi vaktliste', 'Felles skjema']) {
    await removed.getByRole('button', { name: `Hent tilbake ${text}` }).click()
  }
  await expectValue(rows.nth(0).getByRole('textbox').first(), 'Éi vaktliste')
  await expectValue(rows.nth(1).getByRole('textbox').first(), 'Felles skjema')
  expect(await removed.count()).toBe(0)
})
