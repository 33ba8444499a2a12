import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  expectValue,
  firstAnswer,
  follow,
  patience,
  tellOnline,
  waitUntilAllSent,
} from './harness/steps.ts'
import { openWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const sheet = '/del/strategi/utfordringa'

let world: World
let mine: Page
let theirs: Page
beforeAll(async () => {
  world = await openWorld()
  ;[mine, theirs] = (await Promise.all(
    ['demo-deltakar-stord', 'demo-gruppe-stord'].map(async (code) => {
      const { page } = await world.openBrowser()
      await signIn(page, world.gate.origin, code)
      await waitUntilOfflineReady(page)
      await follow(page, sheet)
      return page
    }),
  )) as [Page, Page]
})
afterAll(() => world.end())

/** What `to` must see of the other's block. */
const expectBlock = (to: Page, text: string): Promise<void> =>
  expect
    .poll(async () => {
      await tellOnline(to)
      return to.locator('.group-text > article .written').innerText()
    }, patience)
    .toBe(text)

it('undo takes back one’s own last words, sentence by sentence, and leaves what others wrote meanwhile', async () => {
  await firstAnswer(mine).pressSequentially('Vi byrjar med skjema. Og vi kuttar i møte.')
  await firstAnswer(theirs).pressSequentially('Nattevaktene først.')
  await waitUntilAllSent(theirs)
  await expectBlock(mine, 'Nattevaktene først.')

  await firstAnswer(mine).focus()
  await mine.keyboard.press('Control+z')
  await expectValue(firstAnswer(mine), 'Vi byrjar med skjema.')
  await mine.keyboard.press('Control+z')
  await expectValue(firstAnswer(mine), '')
  await expectBlock(mine, 'Nattevaktene først.')

  await mine.keyboard.press('Control+Shift+z')
  await mine.keyboard.press('Control+y')
  await expectValue(firstAnswer(mine), 'Vi byrjar med skjema. Og vi kuttar i møte.')

  // What was undone is so for the others too.
  await mine.keyboard.press('Control+z')
  await waitUntilAllSent(mine)
  await expectBlock(theirs, 'Vi byrjar med skjema.')
})

it('has buttons for who has no keyboard, and the caret stays in the text', async () => {
  await firstAnswer(mine).pressSequentially(' Fyrst.')
  const undo = mine.getByRole('button', { name: 'Angre' })
  const redo = mine.getByRole('button', { name: 'Gjer om' })
  const box = await undo.boundingBox()
  expect(box?.height).toBeGreaterThanOrEqual(44)
  await undo.click()
  await expectValue(firstAnswer(mine), 'Vi byrjar med skjema.')
  expect(await firstAnswer(mine).evaluate((area) => area === document.activeElement)).toBe(true)
  await redo.click()
  await expectValue(firstAnswer(mine), 'Vi byrjar med skjema. Fyrst.')
  expect(await redo.getAttribute('aria-disabled')).toBe('true')
})

it('undo in one field takes back what was written last in another, and goes there', async () => {
  await mine.getByLabel('Dette samlar vi oss om').pressSequentially('Nattevaktene.')
  await firstAnswer(mine).focus()
  await mine.keyboard.press('Control+z')
  const agreed = mine.getByLabel('Dette samlar vi oss om')
  await expectValue(agreed, '')
  expect(await agreed.evaluate((area) => area === document.activeElement)).toBe(true)
})

it("warns who empties another's block, and gives it back", async () => {
  await waitUntilAllSent(mine)
  const block = theirs.locator('.group-text > article')
  await expectBlock(theirs, 'Vi byrjar med skjema. Fyrst.')
  await block.getByRole('button', { name: /^Rediger/ }).click()
  await block.getByRole('textbox').fill('')
  await block.getByText('Du har sletta heile teksten til Kommunedirektør, Stord.').waitFor()
  await block.getByRole('button', { name: 'Angre' }).click()
  await expectValue(block.getByRole('textbox'), 'Vi byrjar med skjema. Fyrst.')
  expect(await block.getByRole('textbox').evaluate((area) => area === document.activeElement)).toBe(
    true,
  )
})
