import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { signIn, type World, waitUntilOfflineReady } from '../e2e/harness/world.ts'

export interface BrowserKills {
  kills: number
  /** Texts that the page had shown as saved or sent, or whose transaction was complete, at a kill. */
  promised: number
  lost: string[]
  doubled: string[]
}

/** The longest text of each kind that somebody could rely upon. */
interface Promised {
  shown: string
  stored: string
}

const worksheet = '/del/strategi/seie-nei'

/**
 * Somebody types into a worksheet, with and without a network; SIGKILL to the whole browser comes at a random moment. What the
 * page had shown as saved, and what a completed transaction held, must stand there when the browser is started again.
 */
export const killBrowser = async (
  world: World,
  { kills, random }: { kills: number; random: () => number },
): Promise<BrowserKills> => {
  const browser = await world.openBrowser()
  const { origin } = world.gate
  await signIn(browser.page, origin, 'demo-deltakar-stord')
  await waitUntilOfflineReady(browser.page)
  // As people close it, once: a cookie reaches the disk some seconds after the signing in.
  await browser.close()

  const result: BrowserKills = { kills: 0, promised: 0, lost: [], doubled: [] }
  let promised: Promised = { shown: '', stored: '' }
  let written = 0
  for (; result.kills < kills; result.kills++) {
    await browser.start()
    const { page } = browser
    const watched = await watch(page)
    await page.goto(`${origin}${worksheet}`)
    await check(page, promised, result)
    if (result.kills % 3 === 2) world.gate.cut()

    let isKilled = false
    const typing = (async () => {
      const area = page.getByRole('textbox').first()
      await area.press('Control+End')
      while (!isKilled) {
        await area.pressSequentially(`ord${++written}. `, { delay: 8 })
        // A writer's pauses: after some the text is shown as saved.
        if (random() < 0.2) await sleep(300 + random() * 500)
      }
    })().catch((error: unknown) => {
      if (!isKilled) throw error
    })
    await Promise.race([typing, sleep(900 + random() * 1800)])
    // On a slow machine nothing may be stored yet, and a kill would prove nothing.
    for (const end = Date.now() + 15_000; watched().stored === '' && Date.now() < end; )
      await Promise.race([typing, sleep(20 + random() * 60)])
    isKilled = true
    await browser.kill()
    await typing
    world.gate.restore()
    promised = watched()
  }
  await browser.start()
  await watch(browser.page)
  await browser.page.goto(`${origin}${worksheet}`)
  await check(browser.page, promised, result)
  // Nothing is stuck either.
  await browser.page
    .getByText(/^Alt er sendt$/)
    .first()
    .waitFor()
  return result
}

/** Reports what the page shows as saved and what its transactions have completed, from the moment it happens. */
const watch = async (page: Page): Promise<() => Promised> => {
  const promised: Promised = { shown: '', stored: '' }
  await page.exposeFunction('promised', (kind: keyof Promised, text: string) => {
    promised[kind] = text
  })
  await page.addInitScript(watchPage)
  return () => ({ ...promised })
}

/** Runs in the page. */
const watchPage = (): void => {
  const report = (kind: 'shown' | 'stored', text: string): void => {
    const { promised } = window as unknown as { promised(kind: string, text: string): void }
    promised(kind, text)
  }
  // 1. Read when the line under the field changes, in the same turn as the page was drawn.
  new MutationObserver(() => {
    const area = document.querySelector('textarea')
    const state = area?.closest('.field')?.querySelector('.state')
    const says = state?.textContent ?? ''
    if (area?.value && /^(Lagra på eininga|Sendt)/.test(says)) report('shown', area.value)
  }).observe(document, { subtree: true, childList: true, characterData: true })

  // 2. The longest text in what a writing transaction was given, told at its completion.
  const texts = new WeakMap<IDBTransaction, string>()
  const textIn = (value: unknown): string => {
    if (typeof value === 'string') return value.includes('ord1.') ? value : ''
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return ''
    const found = Object.values(value).map(textIn)
    return found.reduce((longest, one) => (one.length > longest.length ? one : longest), '')
  }
  for (const name of ['put', 'add'] as const) {
    const store = IDBObjectStore.prototype[name]
    IDBObjectStore.prototype[name] = function (this: IDBObjectStore, value, ...key) {
      const text = textIn(value)
      const { transaction } = this
      if (text !== '') {
        if (!texts.has(transaction))
          transaction.addEventListener('complete', () =>
            report('stored', texts.get(transaction) ?? ''),
          )
        texts.set(transaction, text)
      }
      return store.call(this, value, ...key)
    }
  }
}

const check = async (page: Page, promised: Promised, result: BrowserKills): Promise<void> => {
  const area = page.getByRole('textbox').first()
  const kinds = (['shown', 'stored'] as const).filter((kind) => promised[kind] !== '')
  result.promised += kinds.length
  const missing = async (): Promise<(keyof Promised)[]> => {
    const stands = await area.inputValue()
    return kinds.filter((kind) => !stands.startsWith(promised[kind].trimEnd()))
  }
  let lost = await missing()
  for (const end = Date.now() + 10_000; lost.length > 0 && Date.now() < end; lost = await missing())
    await sleep(100)
  const stands = await area.inputValue()
  for (const kind of lost)
    result.lost.push(`${kind}: …${promised[kind].slice(-40)}, there is …${stands.slice(-40)}`)
  // Without its full stop a word was cut short by the kill: the beginning of another.
  const words: string[] = stands.match(/ord\d+\./g) ?? []
  for (const word of new Set(words))
    if (words.indexOf(word) !== words.lastIndexOf(word)) result.doubled.push(word)
}
