import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { paths } from '../../src/shared/protocol/paths.ts'
import {
  expectValue,
  firstAnswer,
  follow,
  patience,
  saysSomewhere,
  waitUntilAllSent,
} from './harness/steps.ts'
import { openWorld, signIn, type World, waitUntilOfflineReady } from './harness/world.ts'

const task = '/del/strategi/seie-nei'
const person = 'demo-deltakar-stord'

let world: World
let context: BrowserContext
let left: Page
let right: Page
/** Every request for words or news, by tab. */
const requests: { tab: Page; path: string; from: number; to: number | null }[] = []

beforeAll(async () => {
  world = await openWorld()
  const browser = await world.openBrowser()
  context = browser.context
  left = browser.page
  await signIn(left, world.gate.origin, person)
  await waitUntilOfflineReady(left)
  right = await context.newPage()
  await right.goto(`${world.gate.origin}${task}`)
  await follow(left, task)
  for (const tab of [left, right]) watch(tab)
})
afterAll(() => world.end())

const watch = (tab: Page): void => {
  tab.on('request', (request) => {
    const path = new URL(request.url()).pathname
    if (path !== paths.sync && path !== paths.events) return
    const seen = { tab, path, from: Date.now(), to: null as number | null }
    requests.push(seen)
    const end = (): void => {
      seen.to = Date.now()
    }
    const ended = request.response().then((answer) => answer?.finished())
    void ended.then(end, end) // rejected when its tab is closed
  })
}

const answers = (tab: Page) => tab.getByRole('textbox')

it('two tabs that write in one field and in different ones without a network lose nothing, and one of them sends', async () => {
  world.gate.cut()
  await context.setOffline(true)

  // 1. The same field, in turns: each sees the other's words and goes on.
  await firstAnswer(left).pressSequentially('Venstre byrja. ')
  await expectValue(firstAnswer(right), 'Venstre byrja. ')
  await firstAnswer(right).focus()
  await right.keyboard.press('End')
  await right.keyboard.type('Høgre heldt fram. ')
  await expectValue(firstAnswer(left), 'Venstre byrja. Høgre heldt fram. ')

  // 2. Different fields, at the same time.
  await Promise.all([
    answers(left).nth(1).pressSequentially('Andre svaret, frå venstre.'),
    answers(right).nth(2).pressSequentially('Fjerde svaret, frå høgre.'),
  ])
  // 3. The same field at the same time: every letter of both stays.
  await firstAnswer(left).focus()
  await left.keyboard.press('Home')
  await firstAnswer(right).focus()
  await right.keyboard.press('End')
  await Promise.all([left.keyboard.type('AAAAAAAAAA'), right.keyboard.type('ØØØØØØØØØØ')])
  await saysSomewhere(left, /^Lagra på eininga kl\./)
  const merged = (value: string): string => [...value].sort().join('')
  const expected = merged('AAAAAAAAAAVenstre byrja. Høgre heldt fram. ØØØØØØØØØØ')
  for (const tab of [left, right]) {
    await expect
      .poll(async () => merged(await firstAnswer(tab).inputValue()), patience)
      .toBe(expected)
  }

  // 4. Back online: both say that all is sent, and no two requests went side by side.
  requests.length = 0
  world.gate.restore()
  await context.setOffline(false)
  await Promise.all([waitUntilAllSent(left), waitUntilAllSent(right)])
  const value = await firstAnswer(left).inputValue()
  await expectValue(firstAnswer(right), value)
  const pushes = requests.filter(({ path }) => path === paths.sync)
  expect(pushes.length).toBeGreaterThan(0)
  for (const [index, push] of pushes.entries()) {
    const next = pushes[index + 1]
    if (next) expect(push.to ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(next.from)
  }

  // 5. Another device has all of it.
  const phone = await world.openBrowser()
  await signIn(phone.page, world.gate.origin, person)
  await phone.page.goto(`${world.gate.origin}${task}`)
  await expectValue(firstAnswer(phone.page), value)
  await expectValue(answers(phone.page).nth(1), 'Andre svaret, frå venstre.')
  await expectValue(answers(phone.page).nth(2), 'Fjerde svaret, frå høgre.')
})

it('the browser holds one stream of news, and another tab takes it over when the first is closed', async () => {
  const streams = () => requests.filter(({ path, to }) => path === paths.events && to === null)
  await expect.poll(() => streams().length, patience).toBe(1)
  const holder = streams()[0]?.tab
  const other = holder === left ? right : left
  await holder?.close()
  await expect.poll(() => streams().filter(({ tab }) => tab === other).length, patience).toBe(1)
  await firstAnswer(other).focus()
  await other.keyboard.press('End')
  await other.keyboard.type(' Etter at den andre vart lukka.')
  await waitUntilAllSent(other)
})
