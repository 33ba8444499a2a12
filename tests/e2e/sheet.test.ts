import { expect, it } from 'vitest'
import { follow } from './harness/steps.ts'
import { newTraveller } from './harness/world.ts'

it('a question of a sheet takes the focus when it comes, and never from who already writes in it', async () => {
  const { page } = await newTraveller('demo-gruppe-stord')
  await follow(page, '/del/teknologi/ein-gevinst')
  const steps = page.getByRole('navigation', { name: 'Stega i oppgåva' }).getByRole('button')
  await steps.nth(3).click()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.classList.contains('q-g')))
    .toBe(true)

  // As fast as a hand can be that knows where the next question's text will stand.
  const tag = await page.evaluate(async () => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('.steps-g button')]
    const before = document.querySelector('.q-g textarea')
    buttons
      .find((one) => one.getAttribute('aria-current') !== 'step' && one.closest('li:nth-child(5)'))
      ?.click()
    let area: HTMLTextAreaElement | null = null
    while (area === null || area === before) {
      await Promise.resolve()
      area = document.querySelector<HTMLTextAreaElement>('.q-g textarea')
    }
    area.focus()
    await new Promise((done) => setTimeout(done, 500))
    return document.activeElement?.tagName
  })
  expect(tag).toBe('TEXTAREA')
})
