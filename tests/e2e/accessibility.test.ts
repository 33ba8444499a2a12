import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faults } from './harness/look.ts'
import { firstAnswer, follow, patience, saysSomewhere } from './harness/steps.ts'
import { newTraveller, newWorld, signIn, waitUntilOfflineReady } from './harness/world.ts'

const pages = {
  home: '/',
  module: '/modul/strategi',
  film: '/del/strategi/ein-innbyggjar',
  podcast: '/del/strategi/tre-kommunar',
  article: '/del/strategi/visjon',
  'a task with choices': '/del/leiing/ei-endring-du-eig',
  'a task with a table and a ranking': '/del/organisasjon/kvar-blir-timane-av',
  'a group task': '/del/leiing/fem-setningar-om-ki',
  notes: '/notat',
  group: '/gruppe',
  'a code for a table': '/bord',
  journey: '/reise',
  device: '/eininga',
  account: '/meg',
  'not found': '/finst/ikkje',
}

const looks = [390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
)

/** What the page is about is drawn: no text waits to be shown. */
const waitUntilDrawn = async (page: Page): Promise<void> => {
  await page.locator('#content h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(
    () => document.querySelectorAll('#content').length === 1 && !document.querySelector('.late'),
  )
}
/** Leaves words behind, so that the pages have something to show. */
const write = async (page: Page): Promise<void> => {
  await follow(page, '/del/strategi/seie-nei')
  await firstAnswer(page).fill('Eit møte mindre i veka')
  await saysSomewhere(page, /^Sendt kl\./)
}

describe('what axe finds', () => {
  it.each(looks)('is nothing at $width px in $scheme', async ({ width, scheme }) => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const found: Record<string, string[]> = {}
    await page.goto(`${world.gate.origin}/inn`)
    await waitUntilDrawn(page)
    found['sign-in'] = await faults(page)
    await page.getByRole('textbox', { name: 'Kode' }).fill('feil')
    await page.getByRole('button', { name: 'Logg inn' }).click()
    await page.getByRole('alert').waitFor()
    found['sign-in with a wrong code'] = await faults(page)

    await signIn(page, world.gate.origin, 'demo-deltakar-stord')
    await waitUntilOfflineReady(page)
    await write(page)
    for (const [name, path] of Object.entries(pages)) {
      await follow(page, path)
      await waitUntilDrawn(page)
      found[name] = await faults(page)
    }
    await page.getByRole('button', { name: 'Meny' }).click()
    found.menu = await faults(page)
    await page.keyboard.press('Escape')
    await follow(page, '/del/strategi/seie-nei')
    await firstAnswer(page).fill('')
    await saysSomewhere(page, 'Alt er sendt')
    await firstAnswer(page).focus()
    await page
      .getByRole('button', { name: /^Tidlegare versjonar/ })
      .first()
      .click()
    await page.locator('.version-list summary').first().click()
    found['earlier versions'] = await faults(page)
    await page.keyboard.press('Escape')

    await follow(page, pages.film)
    await page.locator('.player .controls .big').click()
    await page.locator('.player').getByRole('button', { name: 'Pause' }).waitFor()
    await follow(page, pages.notes)
    const dock = page.getByRole('complementary', { name: 'Spelar no' })
    await dock.waitFor()
    await waitUntilDrawn(page)
    found.dock = await faults(page)
    await dock.getByRole('button', { name: 'Nytt notat' }).click()
    await page.locator('.dock-note textarea').waitFor()
    found['a note from the dock'] = await faults(page)

    await page.keyboard.press('Escape')
    await follow(page, pages.module)
    world.gate.slow(100_000)
    await page.getByRole('button', { name: /^Last ned heile modulen/ }).click()
    await page.getByRole('button', { name: /^Pause, / }).waitFor()
    found['a download'] = await faults(page)
    await page.getByRole('button', { name: /^Pause, / }).click()
    await page.getByRole('button', { name: /^Hald fram, / }).waitFor()
    await follow(page, pages.device)
    await page.getByRole('button', { name: /^Forarbeid til Førde/ }).click()
    await waitUntilDrawn(page)
    found['a paused download'] = await faults(page)
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual(
      {},
    )
  })

  it('is nothing on the line of the politicians and of a group', async () => {
    const world = await newWorld()
    for (const code of ['demo-politikar-stord', 'demo-gruppe-stord']) {
      const { page } = await world.openBrowser()
      await signIn(page, world.gate.origin, code)
      await waitUntilDrawn(page)
      expect(await faults(page)).toEqual([])
    }
  })

  it.each(['light', 'dark'] as const)(
    'is nothing on the municipality’s link and the pages of the meeting in %s',
    async (colorScheme) => {
      const world = await newWorld()
      const { page } = await world.openBrowser()
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const path of ['/folkevalde/demo-folkevalde-stord', '/folkevalde/feil']) {
        await page.goto(world.gate.origin + path)
        await page.getByText(/^For folkevalde i Stord$|^Vi kjenner ikkje lenkja/).waitFor()
        expect(await faults(page)).toEqual([])
      }
      for (const code of ['demo-politikar-stord', 'demo-ressursperson-stord']) {
        await signIn(page, world.gate.origin, code)
        await page.mouse.move(0, 0) // where it was pressed, another button may be now
        await follow(page, '/mote')
        await page
          .getByText(/^Det du har skrive$|^Færre enn fem/)
          .first()
          .waitFor()
        expect(await faults(page)).toEqual([])
      }
    },
  )
})

describe('with the keyboard alone', () => {
  /** Goes on with Tab until the focus is where it is wanted, and looks at every stop whether the focus can be seen. */
  const tabTo = async (page: Page, wanted: RegExp): Promise<void> => {
    for (let stops = 0; stops < 80; stops++) {
      await page.keyboard.press('Tab')
      const { name, isSeen } = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement
        const label = (element as HTMLInputElement).labels?.[0]?.textContent
        // A choice is drawn by the text beside its hidden input.
        const drawn = element.matches('input[type=radio], input[type=checkbox]')
          ? [element, element.nextElementSibling, element.parentElement]
          : [element, element.parentElement]
        const isOutlined = drawn.some((one) => {
          if (!one) return false
          const style = getComputedStyle(one)
          return (
            (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) ||
            one.matches('svg')
          )
        })
        return {
          name: element.getAttribute('aria-label') ?? label ?? element.innerText ?? '',
          isSeen: element === document.body || isOutlined,
        }
      })
      expect(isSeen, `the focus on «${name}» is seen`).toBe(true)
      if (wanted.test(name)) return
    }
    throw new Error(`Tab does not come to ${wanted}`)
  }

  it('goes from home to the film and plays it', async () => {
    const { page, origin } = await newTraveller('demo-deltakar-stord')
    await page.goto(origin)
    await waitUntilDrawn(page)
    await tabTo(page, /^Til innhaldet$/)
    await tabTo(page, /^Sjå filmen$/)
    await page.keyboard.press('Enter')
    await page.getByRole('slider', { name: 'Tid i opptaket' }).waitFor()
    await tabTo(page, /^Spel av$/)
    await page.keyboard.press('Enter')
    const time = (): Promise<number> =>
      page.evaluate(() => document.querySelector('video')?.currentTime ?? 0)
    await expect.poll(time, patience).toBeGreaterThan(0.5)
    await page.keyboard.press('ArrowRight')
    await expect.poll(time, patience).toBeGreaterThan(10)
    await page.keyboard.press('k')
    await page.getByRole('button', { name: 'Spel av' }).last().waitFor()
  })

  it('fills in a task with every kind of field', async () => {
    const { page } = await newTraveller('demo-deltakar-stord')
    await follow(page, '/del/leiing/ei-endring-du-eig')
    await waitUntilDrawn(page)
    const kinds = page.locator('main textarea, main input')
    await kinds.first().waitFor()
    const answered = new Set<string>()
    // Once through the page: behind its last stop the focus is at the window again.
    for (let isInside = true; isInside; ) {
      await page.keyboard.press('Tab')
      const { kind, inside } = await page.evaluate(() => {
        const element = document.activeElement ?? document.body
        const named = element.getAttribute('aria-label') ?? ''
        const isField = element.matches('main textarea, main input')
        return {
          kind: isField
            ? element instanceof HTMLInputElement
              ? element.type
              : 'text'
            : named.startsWith('Flytt ned')
              ? 'ranking'
              : null,
          inside: element !== document.body,
        }
      })
      isInside = inside
      if (kind === 'text') await page.keyboard.type('Svar frå tastaturet')
      else if (kind === 'ranking' && !answered.has(kind)) await page.keyboard.press('Enter')
      else if (kind === 'radio' || kind === 'checkbox') await page.keyboard.press('Space')
      if (kind) answered.add(kind)
    }
    expect([...answered].sort()).toEqual(['checkbox', 'radio', 'ranking', 'text'])
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(2) // single choice and scale
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBeGreaterThan(0)
    await saysSomewhere(page, /^(Lagra på eininga|Sendt) kl\./)
  })
})

describe('in a narrow window', () => {
  it('scrolls no page sideways at 320 px', async () => {
    const { page } = await newTraveller('demo-deltakar-stord')
    await page.setViewportSize({ width: 320, height: 640 })
    const wide: string[] = []
    for (const [name, path] of Object.entries(pages)) {
      await follow(page, path)
      await waitUntilDrawn(page)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 320) wide.push(`${name}: ${width}`)
    }
    expect(wide).toEqual([])
  })

  it.each([390, 1280])(
    'keeps the bar readable at %i px with text at 200 per cent',
    async (width) => {
      const { page, origin } = await newTraveller('demo-deltakar-stord')
      await page.setViewportSize({ width, height: 844 })
      await write(page)
      // Zoom as browsers do it: the window has half as many pixels of its own.
      await page.setViewportSize({ width: width / 2, height: 422 })
      await page.goto(origin)
      await waitUntilDrawn(page)
      const overlaps = await page.evaluate(() => {
        const parts = [...document.querySelectorAll('header a, header button')].filter(
          (part) => part.getClientRects().length > 0,
        )
        const boxes = parts.map((part) => ({
          name: part.textContent || part.getAttribute('aria-label') || '',
          box: part.getBoundingClientRect(),
        }))
        return boxes.flatMap((a, index) =>
          boxes
            .slice(index + 1)
            .filter(
              (b) =>
                a.box.left < b.box.right - 1 &&
                b.box.left < a.box.right - 1 &&
                a.box.top < b.box.bottom - 1 &&
                b.box.top < a.box.bottom - 1,
            )
            .map((b) => `${a.name} / ${b.name}`),
        )
      })
      expect(overlaps).toEqual([])
      // WCAG asks for no sideways scrolling down to 320.
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (width / 2 >= 320) expect(sideways).toBe(0)
    },
  )
})
