import type { Locator, Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { expectValue, firstAnswer, follow, patience, saysSomewhere } from './harness/steps.ts'
import { openWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

const sheet = '/del/strategi/utfordringa'
const tablets = [
  {
    writer: 'HR-leiar',
    text: 'Vi får ikkje tak i nok helsefagarbeidarar. 👩🏽‍⚕️ Eg vil ta med nattevaktene.',
  },
  { writer: 'Hovudtillitsvald', text: 'Spør dei som går nattevakt, før vi vel løysing. 🌙' },
] as const
const agreed = 'Vi byrjar med nattevaktene.'

it('two tablets of a group that write in one field offline show both texts, whole and with their writers, by themselves', async () => {
  const world = await openWorld()
  onTestFinished(() => world.end())
  const pages: Page[] = []
  for (const { writer } of tablets) {
    const { page } = await world.openBrowser()
    await signIn(page, world.gate.origin, 'demo-gruppe-stord')
    await waitUntilOfflineReady(page)
    await follow(page, sheet)
    await page.getByRole('button', { name: writer }).click()
    pages.push(page)
  }
  const [first, second] = pages
  if (!first || !second) throw new Error('two tablets were asked for')

  // 1. No network at either: the wire is cut, and the browser knows it.
  world.gate.cut()
  for (const page of pages) await page.context().setOffline(true)
  for (const [index, page] of pages.entries()) {
    await firstAnswer(page).pressSequentially(tablets[index]?.text ?? '')
    await saysSomewhere(page, /^Lagra på eininga kl\./)
  }
  await first.getByLabel('Dette samlar vi oss om').pressSequentially(agreed)
  await first
    .locator('.agree')
    .getByText(/^Lagra på eininga kl\./)
    .first()
    .waitFor()

  // 2. The network comes back. From here on nobody touches anything.
  world.gate.restore()
  for (const page of pages) await page.context().setOffline(false)

  // 3. Each has its own text in its field, reads the other's with the writer's name, and says that all is sent.
  for (const [index, page] of pages.entries()) {
    const [own, other] = index === 0 ? tablets : [tablets[1], tablets[0]]
    const block = answerOf(page, other.writer)
    await expect.poll(() => textOf(block), patience).toBe(other.text)
    await block.getByText('frå ei anna eining').waitFor()
    await expectValue(firstAnswer(page), own.text)
    await page.getByText('Alt er sendt').first().waitFor()
  }
  await expect
    .poll(() => textOf(second.locator('.agree').getByRole('article')), patience)
    .toBe(agreed)

  // 4. A third device, which has nothing of its own, reads the same.
  const third = await world.openBrowser()
  await signIn(third.page, world.gate.origin, 'demo-deltakar-stord')
  await third.page.goto(`${world.gate.origin}${sheet}`)
  for (const { writer, text } of tablets) {
    const block = answerOf(third.page, writer)
    await expect.poll(() => textOf(block), patience).toBe(text)
  }
})

/** A writer's answer; what the group agrees on stands in an article of the same name. */
const answerOf = (page: Page, writer: string): Locator =>
  page.locator('.group-text > article').and(page.getByRole('article', { name: writer }))

const textOf = async (block: Locator): Promise<string> =>
  (await block.count()) === 1 ? block.locator('.written').innerText() : ''
