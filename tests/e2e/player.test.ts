import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { firstAnswer, follow, patience, waitUntilAllSent } from './harness/steps.ts'
import { newTraveller } from './harness/world.ts'

const film = '/del/strategi/ein-innbyggjar'
const otherFilm = '/del/leiing/etter-kaka'
const podcast = '/del/strategi/tre-kommunar'
const task = '/del/strategi/seie-nei'
const person = 'demo-deltakar-stord'

const open = async (page: Page, path = film): Promise<void> => {
  await follow(page, path)
  await page.locator('.player').getByRole('slider', { name: 'Tid i opptaket' }).waitFor()
}
const large = (page: Page) => page.locator('.player')
const dock = (page: Page) => page.getByRole('complementary', { name: 'Spelar no' })
const play = (page: Page) => large(page).locator('.controls .big').click()

/** What the element that plays tells of itself. */
const heard = (page: Page): Promise<{ time: number; paused: boolean; pauses: number }> =>
  page.locator('video, audio').evaluate((element) => {
    const { currentTime, paused, dataset } = element as HTMLMediaElement
    return { time: currentTime, paused, pauses: Number(dataset.pauses ?? 0) }
  })
const countPauses = (page: Page): Promise<void> =>
  page.locator('video, audio').evaluate((element) => {
    const media = element as HTMLMediaElement
    media.dataset.pauses = '0'
    media.addEventListener('pause', () => {
      media.dataset.pauses = String(Number(media.dataset.pauses) + 1)
    })
  })
const time = async (page: Page): Promise<number> => (await heard(page)).time
const goesOn = async (page: Page): Promise<void> => {
  const before = await time(page)
  await expect.poll(() => time(page), patience).toBeGreaterThan(before + 0.3)
}
const seek = async (page: Page, seconds: number): Promise<void> => {
  await large(page).getByRole('slider').fill(String(seconds))
  await expect.poll(() => time(page), patience).toBeGreaterThan(seconds - 1)
}

describe('a film whose page is left', () => {
  it('plays on in the dock while a task is written in, and comes back large', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await goesOn(page)
    await countPauses(page)
    await follow(page, task)
    await dock(page).waitFor()
    await goesOn(page)
    await firstAnswer(page).fill('Rettleiinga i byggjesaker')
    await goesOn(page)
    expect(await heard(page)).toMatchObject({ paused: false, pauses: 0 })
    expect(await dock(page).locator('video').count()).toBe(1)

    await dock(page).getByRole('link', { name: 'Stor spelar' }).click()
    await large(page).waitFor()
    expect(new URL(page.url()).pathname).toBe(film)
    await goesOn(page)
    expect(await dock(page).count()).toBe(0)
    expect(await large(page).locator('video').count()).toBe(1)
    expect(await heard(page)).toMatchObject({ paused: false, pauses: 0 })
  })

  it('is not put into the dock when it stands still', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await goesOn(page)
    await play(page) // pauses
    await expect.poll(async () => (await heard(page)).paused, patience).toBe(true)
    await follow(page, task)
    await page.locator('main.task').waitFor()
    expect(await dock(page).count()).toBe(0)
    expect(await page.locator('video').count()).toBe(0)
  })

  it('keeps its position when the dock is closed, and the progress is written meanwhile', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await seek(page, 60)
    await follow(page, task)
    await dock(page).getByRole('button', { name: '10 sekund tilbake' }).click()
    await expect.poll(() => time(page), patience).toBeLessThan(58)
    await goesOn(page)
    const left = await time(page)
    await dock(page).getByRole('button', { name: 'Lukk spelaren' }).click()
    await dock(page).waitFor({ state: 'detached' })
    expect(await page.locator('video').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await waitUntilAllSent(page)
    await open(page)
    await expect.poll(() => time(page), patience).toBeGreaterThan(left - 2)
    expect(await time(page)).toBeLessThan(left + 4)
  })

  it('counts as seen when it ends in the dock, which goes', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await seek(
      page,
      await page.evaluate(() => (document.querySelector('video')?.duration ?? 0) - 4),
    )
    await follow(page, task)
    await expect.poll(() => page.locator('video, audio').count(), patience).toBe(0)
    expect(await dock(page).count()).toBe(0)
    await waitUntilAllSent(page)
    await open(page)
    await page.getByText('Ferdig', { exact: true }).waitFor()
  })

  it('stops when another one begins', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await goesOn(page)
    await open(page, podcast)
    await dock(page).waitFor()
    expect(await page.locator('video, audio').count()).toBe(2)
    await play(page)
    await dock(page).waitFor({ state: 'detached' })
    expect(await page.locator('video').count()).toBe(0)
    await goesOn(page)
    await follow(page, task)
    await dock(page).waitFor()
    await goesOn(page) // sound plays on too
  })

  it('ends when the person signs out', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await goesOn(page)
    await follow(page, '/meg')
    await dock(page).waitFor()
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.getByRole('textbox').first().waitFor()
    expect(await dock(page).count()).toBe(0)
    expect(await page.locator('video').count()).toBe(0)
    expect(await page.evaluate(() => navigator.mediaSession.metadata)).toBeNull()
  })

  it('takes a note with its time from the dock', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    await play(page)
    await seek(page, 33)
    await follow(page, task)
    await dock(page).getByRole('button', { name: 'Nytt notat' }).click()
    const note = page.getByRole('dialog').getByRole('textbox', { name: 'Notatet ditt' })
    await expect.poll(() => note.inputValue(), patience).toMatch(/^0\.3\d $/)
    await page.keyboard.type('spør dei som gjer jobben')
    await page.keyboard.press('Escape')
    await goesOn(page)
    await dock(page).getByRole('link', { name: 'Stor spelar' }).click()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Notatet ditt' }).inputValue(), patience)
      .toMatch(/^0\.3\d spør dei som gjer jobben$/)

    // Its time leads back.
    await seek(page, 90)
    await page.getByRole('button', { name: /^Gå til 0\.3\d$/ }).click()
    await expect.poll(() => time(page), patience).toBeLessThan(45)
  })
})

describe('the dock on the page of its own film', () => {
  it('comes when the picture is scrolled away, and goes when it is back', async () => {
    const { page } = await newTraveller(person)
    // Not every browser has it; the film plays on without.
    await page.evaluate(() => Reflect.deleteProperty(Element.prototype, 'moveBefore'))
    await page.setViewportSize({ width: 820, height: 900 })
    await open(page)
    await play(page)
    await goesOn(page)
    await countPauses(page)
    await page.evaluate(() => scrollTo(0, 900))
    await dock(page).waitFor()
    expect(await dock(page).locator('video').count()).toBe(1)
    await dock(page).getByRole('button', { name: 'Nytt notat' }).click()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Notatet ditt' }).inputValue(), patience)
      .toMatch(/^0\.0\d $/)
    await page.evaluate(() => scrollTo(0, 900))
    await dock(page).getByRole('link', { name: 'Stor spelar' }).click()
    await dock(page).waitFor({ state: 'detached' })
    await goesOn(page)
    expect(await large(page).locator('video').count()).toBe(1)

    await page.evaluate(() => scrollTo(0, 900))
    await dock(page).waitFor()
    await follow(page, task)
    await page.locator('main.task').waitFor()
    await goesOn(page)
    expect(await dock(page).locator('video').count()).toBe(1)
    expect(await heard(page)).toMatchObject({ paused: false, pauses: 0 })
  })
})

describe('the dock and a field', () => {
  it('gives way on a touch screen while somebody writes, and sound goes on', async () => {
    const { page } = await newTraveller(person)
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true })
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: 820,
      height: 1100,
      deviceScaleFactor: 1,
      mobile: true,
    })
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true)
    await open(page)
    await play(page)
    await goesOn(page)
    await follow(page, task)
    await dock(page).waitFor()
    await firstAnswer(page).focus()
    await page.locator('.dock.away').waitFor({ state: 'attached' })
    await dock(page).waitFor({ state: 'hidden' })
    await goesOn(page)
    await firstAnswer(page).blur()
    await dock(page).waitFor()
  })

  it('never lies over the field that is written in', async () => {
    const { page } = await newTraveller(person)
    await page.setViewportSize({ width: 1280, height: 700 })
    await open(page)
    await play(page)
    await goesOn(page)
    await follow(page, task)
    await dock(page).waitFor()
    const covers = (): Promise<boolean> =>
      page.evaluate(() => {
        const field = document.activeElement?.getBoundingClientRect()
        const bar = document.querySelector('.dock:not(.away)')?.getBoundingClientRect()
        return !!field && !!bar && field.bottom > bar.top && field.top < bar.bottom
      })
    const answers = page.locator('main.task textarea')
    await expect.poll(() => answers.count(), patience).toBeGreaterThan(1)
    for (const field of await answers.all()) {
      await field.focus()
      await expect.poll(covers, patience).toBe(false)
    }
    // A text that grows past the bottom.
    await answers.nth(1).focus()
    for (let line = 0; line < 30; line++) await page.keyboard.press('Enter')
    const grown = await answers.nth(1).evaluate((field) => field.getBoundingClientRect().height)
    expect(grown).toBeGreaterThan(700)
    await expect.poll(covers, patience).toBe(false)
    await page.evaluate(() => scrollBy(0, -200))
    await page.locator('.dock.away').waitFor({ state: 'attached' })
    expect(await covers()).toBe(false)
    // What gets the focus is clear of it, fields or not (WCAG 2.4.11).
    await page.evaluate(() => scrollTo(0, 0))
    await page.locator('main a:visible, main button:visible').last().focus()
    const bottom = await page.evaluate(
      () => document.activeElement?.getBoundingClientRect().bottom ?? 0,
    )
    expect(bottom).toBeLessThanOrEqual(700 - 87)
  })
})

describe('the keys of the player', () => {
  it('play, seek, change speed, captions and sound while the focus is inside', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    const press = (key: string): Promise<void> => page.keyboard.press(key)
    await large(page).getByRole('button', { name: '10 sekund tilbake' }).focus()
    await press('k')
    await goesOn(page)
    await press('k')
    await expect.poll(async () => (await heard(page)).paused, patience).toBe(true)
    await press('5')
    const length = await page.evaluate(() => document.querySelector('video')?.duration ?? 0)
    await expect.poll(() => time(page), patience).toBeCloseTo(length / 2, 0)
    await press('l')
    await expect.poll(() => time(page), patience).toBeCloseTo(length / 2 + 10, 0)
    await press('j')
    await press('ArrowLeft')
    await expect.poll(() => time(page), patience).toBeCloseTo(length / 2 - 10, 0)
    await press('>')
    const speed = large(page).getByRole('combobox', { name: 'Fart' })
    expect(await speed.inputValue()).toBe('1.25')
    await press('<')
    expect(await speed.inputValue()).toBe('1')
    await press('c')
    await large(page).getByRole('button', { name: 'Teksting', pressed: false }).waitFor()
    await press('m')
    await large(page).getByRole('button', { name: 'Lyden er av. Slå på' }).waitFor()

    const slider = large(page).getByRole('slider')
    await slider.focus()
    await press('Home')
    await expect.poll(() => time(page), patience).toBe(0)
    await press('ArrowUp')
    await expect.poll(() => time(page), patience).toBeCloseTo(10, 0)
    const starts = await page
      .locator('.tr .chapter .num')
      .evaluateAll((times) => times.map((one) => one.textContent?.split('.').map(Number) ?? []))
    const [, second] = starts
    await press('Home')
    await press('PageUp')
    await expect
      .poll(() => time(page), patience)
      .toBeCloseTo((second?.[0] ?? 0) * 60 + (second?.[1] ?? 0), -1)
    await press(' ')
    await goesOn(page)
  })

  it('reach every chapter, and leave every letter to whoever writes', async () => {
    const { page } = await newTraveller(person)
    await open(page)
    const note = page.getByRole('textbox', { name: 'Notatet ditt' })
    await note.focus()
    await page.keyboard.type('k j l m c f 5 < >')
    expect(await note.inputValue()).toBe('k j l m c f 5 < >')
    expect(await heard(page)).toMatchObject({ time: 0, paused: true })
    await large(page).getByRole('button', { name: 'Teksting', pressed: true }).waitFor()

    const chapters = page.locator('.tr .chapter')
    expect(await chapters.count()).toBeGreaterThan(2)
    await chapters.nth(2).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => time(page), patience).toBeGreaterThan(5)

    // A press on the picture brings the keys along.
    await page.locator('.poster').click()
    await goesOn(page)
    await page.keyboard.press('k')
    await expect.poll(async () => (await heard(page)).paused, patience).toBe(true)
  })
})

describe('the media session', () => {
  it('has title, picture and place, and its actions work', async () => {
    const { page } = await newTraveller(person)
    // Headless there are no media keys to press: the handlers are caught where the page hands them in.
    await page.evaluate(() => {
      const caught: Record<string, unknown> = {}
      const { mediaSession } = navigator
      mediaSession.setActionHandler = (action, handler) => {
        caught[action] = handler
      }
      mediaSession.setPositionState = (state) => {
        caught.position = state
      }
      Object.assign(window, { caught })
    })
    const act = (action: string, details: object = {}): Promise<void> =>
      page.evaluate(
        ([name, more]) => {
          const { caught } = window as unknown as { caught: Record<string, (d: object) => void> }
          caught[name]?.({ action: name, ...more })
        },
        [action, details] as const,
      )
    const position = () =>
      page.evaluate(
        () =>
          (window as unknown as { caught: { position: MediaPositionState } }).caught.position ?? {},
      )
    await open(page)
    await play(page)
    await goesOn(page)
    const shown = () =>
      page.evaluate(() => ({
        title: navigator.mediaSession.metadata?.title,
        album: navigator.mediaSession.metadata?.album,
        src: navigator.mediaSession.metadata?.artwork[0]?.src.slice(0, 22),
        state: navigator.mediaSession.playbackState,
      }))
    await expect.poll(shown, patience).toEqual({
      title: 'Éin innbyggjar, mange tenester',
      album: expect.stringMatching(/./),
      src: 'data:image/png;base64,',
      state: 'playing',
    })

    await act('pause')
    await expect.poll(async () => (await heard(page)).paused, patience).toBe(true)
    expect((await shown()).state).toBe('paused')
    await act('seekto', { seekTime: 40 })
    await expect.poll(() => time(page), patience).toBe(40)
    await act('seekforward')
    await expect.poll(() => time(page), patience).toBe(50)
    await act('seekbackward', { seekOffset: 5 })
    await expect.poll(() => time(page), patience).toBe(45)
    expect(await position()).toMatchObject({ position: 45, playbackRate: 1 })
    await act('nexttrack')
    await expect.poll(() => time(page), patience).toBeGreaterThan(46)
    const chapter = await time(page)
    await act('previoustrack')
    await expect.poll(() => time(page), patience).toBeLessThan(chapter)

    // From the dock too.
    await act('play')
    await follow(page, task)
    await dock(page).waitFor()
    await act('pause')
    await expect.poll(async () => (await heard(page)).paused, patience).toBe(true)
    await dock(page).getByRole('button', { name: 'Lukk spelaren' }).click()
    expect((await shown()).title).toBeUndefined()
  })
})

describe('one player for film and sound', () => {
  it('gives a podcast the same keys and its feed, and a film a small window where the browser has one', async () => {
    const { page } = await newTraveller(person)
    await open(page, podcast)
    await play(page)
    await goesOn(page)
    await page.keyboard.press('l')
    await expect.poll(() => time(page), patience).toBeGreaterThan(10)
    expect(await large(page).getByRole('button', { name: 'Teksting' }).count()).toBe(0)
    expect(await large(page).getByRole('button', { name: 'Bilete i bilete' }).count()).toBe(0)

    // On through the dock of its own page and out of it.
    await page.setViewportSize({ width: 820, height: 700 })
    await page.evaluate(() => scrollTo(0, 500))
    await dock(page).waitFor()
    await follow(page, task)
    await page.locator('main.task').waitFor()
    await goesOn(page)
    await open(page, podcast)

    const address = page.getByRole('link', { name: /feeds\/kompetanseloft-vestland\/nn\.xml$/ })
    const feed = await page.context().newPage()
    const answer = await feed.goto((await address.getAttribute('href')) ?? '')
    // Not the page itself, which the service worker gives at all of its own addresses.
    expect(answer?.headers()['content-type']).toBe('application/rss+xml; charset=utf-8')
    await feed.close()

    await open(page, otherFilm)
    const has = await page.evaluate(() => document.pictureInPictureEnabled)
    expect(await large(page).getByRole('button', { name: 'Bilete i bilete' }).count()).toBe(
      has ? 1 : 0,
    )
  })
})
