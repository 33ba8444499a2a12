import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { firstAnswer, follow, patience } from './harness/steps.ts'
import { newWorld, signIn, type World } from './harness/world.ts'

const groupTask = '/del/strategi/utfordringa'
const leader = 'Kommunedirektør, Stord'
const tablet = 'Leiargruppa, Stord'

const openSheet = async (page: Page): Promise<void> => {
  await follow(page, groupTask)
  await page.getByRole('heading', { name: 'Utfordringa vår' }).waitFor()
  await firstAnswer(page).waitFor()
}
const hereNow = (page: Page) => page.locator('.here-now')

/** The leader at a device of their own and the group's tablet, both in the group's sheet and knowing of each other. */
const twoTablets = async (): Promise<{ world: World; mine: Page; shared: Page }> => {
  const world = await newWorld()
  const [mine, shared] = [(await world.openBrowser()).page, (await world.openBrowser()).page]
  await signIn(mine, world.gate.origin, 'demo-deltakar-stord')
  await signIn(shared, world.gate.origin, 'demo-gruppe-stord')
  await openSheet(mine)
  await openSheet(shared)
  await hereNow(mine).getByText(tablet).waitFor(patience)
  await hereNow(shared).getByText(leader).waitFor(patience)
  return { world, mine, shared }
}

// The polling asks once a minute: what comes sooner, and without any act, has come live.
describe('two tablets that are online', () => {
  it('show each other’s words while they are written', async () => {
    const { mine, shared } = await twoTablets()
    await firstAnswer(mine).pressSequentially('Familiar melder flytting fem gonger.')
    const theirs = shared.getByRole('article', { name: leader })
    await theirs.getByText('Familiar melder flytting fem gonger.').waitFor(patience)

    await shared.getByRole('button', { name: 'Legg til eit svar' }).click()
    await shared.keyboard.type('Byggjesaker ventar på tre fag. 🏗️')
    const others = mine.getByRole('article', { name: tablet })
    await others.getByText('Byggjesaker ventar på tre fag. 🏗️').waitFor(patience)
    await firstAnswer(mine).pressSequentially(' Og skatteoppgåva.')
    await theirs.getByText('fem gonger. Og skatteoppgåva.').waitFor(patience)
    expect(await firstAnswer(mine).inputValue()).toBe(
      'Familiar melder flytting fem gonger. Og skatteoppgåva.',
    )
  })

  it('go on by themselves after a break in the network', async () => {
    const { world, mine, shared } = await twoTablets()
    world.gate.cut()
    await firstAnswer(mine).pressSequentially('Skrive utan nett.')
    await mine
      .getByText(/^Lagra på eininga kl\./)
      .first()
      .waitFor()
    world.gate.restore()
    await mine.evaluate(() => dispatchEvent(new Event('online')))
    // The other has no hint from its browser: its connection comes back by itself.
    await shared.getByRole('article', { name: leader }).getByText('Skrive utan nett.').waitFor({
      timeout: 30_000,
    })
  })

  it('say who is in the sheet, as who, and when they leave it', async () => {
    const { mine, shared } = await twoTablets()
    await shared.getByRole('button', { name: 'HR-leiar' }).click()
    await hereNow(mine).getByText('HR-leiar').waitFor(patience)
    expect(await hereNow(mine).getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^HR\s*HR-leiar$/),
    ])
    await mine.getByRole('status').getByText('Her no: HR-leiar').waitFor(patience)
    await follow(shared, '/')
    await expect.poll(() => hereNow(mine).count(), patience).toBe(0)
    expect(await hereNow(shared).count()).toBe(0)
  })
})
