import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chooseLanguage, patience, plainSpaces, saysSomewhere } from './harness/steps.ts'
import { newTraveller } from './harness/world.ts'

const person = 'demo-deltakar-stord'

const open = async (page: Page, origin: string): Promise<void> => {
  await page.goto(`${origin}/reise`)
  await page.getByRole('heading', { name: 'Kor lenge er du på veg?' }).waitFor()
}
const choose = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'Kor lang reisa er' }).getByRole('radio', { name }).check()
const rows = (page: Page) => page.getByRole('main').locator('.items > li')
const ready = (page: Page) => page.getByRole('heading', { name: 'Klar for tunnelen' })
const pack = (page: Page) => page.getByRole('button', { name: /^Pakk sekken, / })
const packed = (page: Page): Promise<string[]> => rows(page).locator('b').allInnerTexts()

/** Takes an article's nynorsk text from the device; its title. */
const loseText = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (wanted) => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await asked(indexedDB.open('loft-content'))
    const { outline } = await asked(
      db.transaction('programmes').objectStore('programmes').get('current'),
    )
    const items: { path: string; title: { nn: string }; text: { nn: string } }[] =
      outline.modules.flatMap((module: { items: [] }) => module.items)
    const item = items.find((one) => one.path === wanted)
    if (!item) throw new Error(`no item ${wanted}`)
    await asked(db.transaction('texts', 'readwrite').objectStore('texts').delete(item.text.nn))
    db.close()
    return item.title.nn
  }, path)

describe('a journey', () => {
  it('is packed at one tap, ready for the tunnel, and its film plays there', async () => {
    const { world, page, origin } = await newTraveller(person)
    await open(page, origin)
    await choose(page, /^20 min/)
    const short = await rows(page).count()
    await choose(page, /^45 min/)
    await expect.poll(() => rows(page).count(), patience).toBeGreaterThan(short)
    await page.getByRole('heading', { name: '45 minutt i sekken' }).waitFor()
    expect(plainSpaces(await pack(page).innerText())).toBe('Pakk sekken, 7,5 MB')
    expect(await ready(page).count()).toBe(0)

    await pack(page).click()
    await ready(page).waitFor()

    world.gate.cut()
    await page.reload()
    await ready(page).waitFor()
    expect(await rows(page).getByText('På eininga').count()).toBe(await rows(page).count())
    await page.getByRole('link', { name: 'Start med «Éin innbyggjar, mange tenester»' }).click()
    await page.getByRole('button', { name: 'Spel av' }).last().click()
    const time = (): Promise<number> =>
      page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime)
    await expect.poll(time, patience).toBeGreaterThan(1)
  })

  it('is offered on the line with what is due before people meet, and fetches nothing by itself', async () => {
    const { page, origin } = await newTraveller(person)
    const offer = page.getByRole('link', { name: /^Ta med det som står att før Førde/ })
    expect(plainSpaces(await offer.innerText())).toMatch(/1 t 40 min, 7,5 MB/)
    await offer.click()
    await page.getByRole('heading', { name: '1 t 40 min i sekken' }).waitFor()
    expect(await page.getByRole('radio', { name: /^Anna tid/ }).isChecked()).toBe(true)
    await saysSomewhere(page, /^Gruppeoppgåvene «Utfordringa vår» og .* gjer de saman\.$/)
    expect(await page.getByText('På eininga').count()).toBeLessThan(await rows(page).count())

    // Another choice leaves the address, so that a reload does not bring the offer back.
    await choose(page, /^20 min/)
    await page.waitForURL(`${origin}/reise`)
    await page.reload()
    await expect
      .poll(() => page.getByRole('radio', { name: /^20 min/ }).isChecked(), patience)
      .toBe(true)
  })

  it('asks how far away a place is, and remembers it on this device', async () => {
    const { page, origin } = await newTraveller(person)
    await open(page, origin)
    await choose(page, /^Til Førde/)
    await saysSomewhere(page, /^Skriv kor lang tid ho tek for deg/)
    expect(await rows(page).count()).toBe(0)
    const field = page.getByRole('group', { name: 'Kor lang tid tek reisa til Førde?' })
    await field.getByRole('textbox', { name: 'timar' }).fill('1')
    await field.getByRole('textbox', { name: 'minutt' }).fill('x5')
    await expect.poll(() => rows(page).count(), patience).toBeGreaterThan(5)
    await page.reload()
    await expect.poll(() => rows(page).count(), patience).toBeGreaterThan(5)
    const place = page.getByRole('radio', { name: /^Til Førde/ })
    expect(await place.isChecked()).toBe(true)
    expect(plainSpaces(await page.locator('.pick-small').innerText())).toContain('1 t 5 min')
  })

  it('says when nothing is so short, and packs for what there is at a tap', async () => {
    const { page, origin } = await newTraveller(person)
    await open(page, origin)
    await choose(page, /^Anna tid/)
    await page.getByRole('textbox', { name: 'minutt' }).fill('2')
    await page.getByRole('heading', { name: 'Ingenting er så kort' }).waitFor()
    await page.getByRole('button', { name: 'Pakk for 3 min' }).click()
    await page.getByRole('heading', { name: '3 minutt i sekken' }).waitFor()
    expect(await rows(page).count()).toBe(1)
    expect(await page.getByRole('textbox', { name: 'minutt' }).inputValue()).toBe('3')
  })

  it('is chosen with the keyboard alone, and takes first what is begun', async () => {
    const { page, origin } = await newTraveller(person)
    await page.goto(`${origin}/del/strategi/seie-nei`)
    await page.getByRole('textbox').first().fill('Ordning med papir.')
    await saysSomewhere(page, /^Lagra på eininga kl\.|^Sendt kl\./)
    await open(page, origin)
    await page.getByRole('radio', { name: /^45 min/ }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('heading', { name: /i sekken/ }).waitFor()
    expect(await page.getByRole('radio', { name: /^20 min/ }).isChecked()).toBe(true)
    expect((await packed(page))[0]).toBe('Kva vil du seie nei til?')
  })

  it('speaks bokmål too', async () => {
    const { page, origin } = await newTraveller(person)
    await open(page, origin)
    await chooseLanguage(page, 'Bokmål')
    await page.getByRole('heading', { name: 'Hvor lenge er du på vei?' }).waitFor()
    await page.getByRole('heading', { name: '45 minutter i sekken' }).waitFor()
    await page.getByRole('img', { name: /^Reisen på 45 min: Film 3 min, / }).waitFor()
  })

  it('keeps the focus in its place from the tap until it is ready', async () => {
    const { world, page, origin } = await newTraveller(person)
    await open(page, origin)
    world.gate.slow(600_000)
    await pack(page).focus()
    await page.keyboard.press('Enter')
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    await expect.poll(focused, patience).toBe('Pause')
    await page.keyboard.press('Enter')
    await expect.poll(focused, patience).toMatch(/^Hald fram, /)
    world.gate.slow(null)
    await page.keyboard.press('Enter')
    await ready(page).waitFor()
    await page.keyboard.press('Tab')
    expect(await focused()).toMatch(/^Start med /)
  })
})

describe('a journey with a bad network', () => {
  it('can be paused and cancelled, and keeps what has come', async () => {
    const { world, page, origin } = await newTraveller(person)
    await open(page, origin)
    world.gate.slow(600_000)
    await pack(page).click()
    const bar = page.getByRole('progressbar', { name: 'Nedlasting' })
    await expect
      .poll(async () => plainSpaces(await bar.innerText()), { ...patience, interval: 20 })
      .toMatch(/^Pakkar … \d(,\d)? av 7,5 MB$/)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: /^Hald fram, / }).click()
    await bar.waitFor()
    await page.getByRole('button', { name: 'Avbryt' }).click()
    world.gate.slow(null)
    await pack(page).click()
    await ready(page).waitFor()
  })

  it('says so when the network goes, and goes on by itself when it is back', async () => {
    const { world, page, origin } = await newTraveller(person)
    await open(page, origin)
    world.gate.slow(600_000)
    await pack(page).click()
    await page.getByRole('progressbar', { name: 'Nedlasting' }).waitFor()
    world.gate.cut()
    await saysSomewhere(page, /^Nettet er borte\. Vi held fram av oss sjølve/)
    expect(await ready(page).count()).toBe(0)
    world.gate.slow(null)
    world.gate.restore()
    await page.evaluate(() => {
      dispatchEvent(new Event('online'))
    })
    await ready(page).waitFor()
  })

  it('never calls itself ready when something is missing, and says what', async () => {
    const { world, page, origin } = await newTraveller(person)
    await open(page, origin)
    await choose(page, /^20 min/)
    world.gate.cut()
    await page.reload()
    await saysSomewhere(page, /^Du er utan nett\. 2 av 5 i sekken ligg på eininga frå før\./)
    world.gate.restore()
    await page.reload()
    await pack(page).click()
    await ready(page).waitFor()
    const title = await loseText(page, 'strategi/visjon')
    world.gate.cut()
    await page.reload()
    await page.getByRole('heading', { name: 'Ikkje heilt klar' }).waitFor()
    const missing = page.locator('.missing li')
    expect(await missing.allInnerTexts()).toEqual([title])
    const fetchMissing = page.getByRole('button', { name: 'Hent det som manglar' })
    await fetchMissing.click()
    await page.getByRole('heading', { name: 'Ikkje heilt klar' }).waitFor()
    expect(await ready(page).count()).toBe(0)

    world.gate.restore()
    await fetchMissing.click()
    await ready(page).waitFor()
  })
})
