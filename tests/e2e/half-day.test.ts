import mammoth from 'mammoth'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { paths } from '../../src/shared/protocol/paths.ts'
import { type Chance, createChance } from '../world/random.ts'
import { openBrowser } from './harness/browser.ts'
import { openGate } from './harness/gate.ts'
import {
  openQuestion,
  type Seat,
  sitDown,
  waitUntilStored,
  writeAnswer,
  writeCell,
} from './harness/seat.ts'
import { startServer, type TestServer } from './harness/server.ts'
import { follow, tellOnline, waitUntilAllSent } from './harness/steps.ts'
import { signIn, waitUntilOfflineReady } from './harness/world.ts'

// A leadership group's half day at home: two tablets and a phone, no network from the first minute, everybody writes.
//
// What people do in twenty minutes is done here without the pauses in which they think. `LOFT_HALF_DAY_MINUTES=20` plays
// it at their pace.

const minutes = Number(process.env.LOFT_HALF_DAY_MINUTES ?? 0)
/** One sentence, choice or change of place by somebody in each twenty seconds. */
const acts = minutes > 0 ? Number.POSITIVE_INFINITY : 60

const sheets = [
  {
    path: '/del/leiing/fem-setningar-om-ki',
    task: 'kompetanseloft-vestland.leiing.fem-setningar-om-ki',
    texts: [2, 4, 5],
    table: { question: 1, rows: 2, columns: 2 },
    choice: 0,
  },
  {
    path: '/del/teknologi/ein-gevinst',
    task: 'kompetanseloft-vestland.teknologi.ein-gevinst',
    texts: [0, 3, 4],
    table: { question: 1, rows: 3, columns: 3 },
    choice: 2,
  },
] as const

interface Written {
  word: string
  writer: string
  sheet: string
}

it(
  'a half day at home without a network ends in one whole result, each word once and with its writer',
  async () => {
    const seed = Number(process.env.LOFT_SEED ?? Date.now() % 1_000_000)
    console.info(`half day, seed ${seed}`)
    const chance = createChance(seed)
    const server = await startServer()
    onTestFinished(() => server.remove())

    // 1. A member comes in on the phone and shows the table's code; both tablets scan it. Then the network is gone.
    const phone = await takeSeat(server, 'phone', null, (page, origin) =>
      signIn(page, origin, 'demo-deltakar-stord'),
    )
    const link = await showTable(phone)
    const join = (page: Page, origin: string) => joinTable(page, origin, link)
    const seats = [
      await takeSeat(server, 'tablet 1', ['Kommunedirektør', 'HR-leiar'], join),
      await takeSeat(server, 'tablet 2', ['Hovudtillitsvald', 'IKT-leiar'], join),
      phone,
    ]
    for (const { gate, browser } of seats) {
      gate.cut()
      await browser.page.context().setOffline(true)
    }

    // 2. They write.
    const written: Written[] = []
    const until = Date.now() + minutes * 60_000
    for (let act = 0; act < acts && (minutes === 0 || Date.now() < until); act++) {
      const seat = chance.pick(seats)
      await doSomething(seat, chance, written)
    }
    expect(written.length).toBeGreaterThan(acts === 60 ? 25 : 50)

    // 3. The network comes back to one device after the other.
    const order = seats.toSorted(() => chance.real() - 0.5)
    for (const { gate, browser } of order) {
      gate.restore()
      await browser.page.context().setOffline(false)
      await tellOnline(browser.page)
      await waitUntilAllSent(browser.page)
    }

    // 4. On each screen stands all of it, and in the file that goes to the archive, under the writers' names.
    for (const seat of seats) {
      for (const { path } of sheets) {
        const words = written.filter(({ sheet }) => sheet === path)
        const missing = async () => missingFrom(await readSheet(seat, path), words)
        await expect
          .poll(missing, { timeout: 70_000, message: `${seat.name} ${path}, seed ${seed}` })
          .toEqual([])
      }
    }
    for (const { path, task } of sheets) {
      const words = written.filter(({ sheet }) => sheet === path)
      const paper = await readPaper(phone, task)
      expect.soft(missingFrom(paper, words), `${task}, seed ${seed}`).toEqual([])
      const wrong = words
        .map(({ word, writer }) => ({ word, writer, stands: writerOf(paper, word) }))
        .filter(({ writer, stands }) => writer !== stands)
      expect.soft(wrong, `writers in ${task}, seed ${seed}`).toEqual([])
    }
  },
  minutes * 60_000 + 600_000, // a machine that does much else is slow, not wrong
)

const takeSeat = async (
  server: TestServer,
  name: string,
  writers: Seat['writers'],
  enter: (page: Page, origin: string) => Promise<void>,
): Promise<Seat> => {
  const gate = await openGate(() => server.port)
  const browser = await openBrowser()
  onTestFinished(async () => {
    await browser.remove()
    await gate.close()
  })
  await enter(browser.page, gate.origin)
  await waitUntilOfflineReady(browser.page)
  // Chromium writes cookies seconds later: killed before, the browser would have forgotten the session.
  await browser.close()
  await browser.start()
  await browser.page.goto(gate.origin)
  const seat: Seat = { name, browser, gate, writers, writer: member }
  await follow(browser.page, sheets[0].path)
  if (writers?.[0]) await sitDown(seat, writers[0])
  return seat
}

const member = 'Kommunedirektør, Stord'

/** What the table's picture holds. */
const showTable = async ({ browser: { page } }: Seat): Promise<string> => {
  await follow(page, '/gruppe')
  await page.getByRole('button', { name: 'Vis kode' }).click()
  await page.getByRole('img', { name: /QR-kode til bordet/ }).waitFor()
  const link = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((one) => one.startsWith('loft-table:')) ?? ''
    const [kept] = Object.values(JSON.parse(localStorage.getItem(key) ?? '{}'))
    return (kept as { link: string }).link
  })
  await follow(page, sheets[0].path)
  return link
}

const joinTable = async (page: Page, origin: string, link: string): Promise<void> => {
  await page.goto(`${origin}/bord#${link}`)
  await page.getByRole('button', { name: 'Bli med ved bordet' }).click()
  await page.waitForURL(`${origin}/`)
  await page.getByRole('navigation', { name: /Lina|Linjen/ }).waitFor({ state: 'attached' })
}

const doSomething = async (seat: Seat, chance: Chance, written: Written[]): Promise<void> => {
  const { page } = seat.browser
  const sheet = chance.pick(sheets)
  const word = `ord${String(written.length).padStart(4, '0')}x`
  const note = async (): Promise<void> => {
    written.push({ word, writer: seat.writer, sheet: sheet.path })
    await waitUntilStored(seat, word)
  }
  await chance.weighted<() => Promise<void>>([
    [
      async () => {
        await openQuestion(seat, sheet.path, chance.pick(sheet.texts))
        await writeAnswer(seat, word)
        await note()
      },
      50,
    ],
    [
      async () => {
        const { question, rows, columns } = sheet.table
        await openQuestion(seat, sheet.path, question)
        await writeCell(seat, chance.below(rows), chance.below(columns), word)
        await note()
      },
      25,
    ],
    [
      async () => {
        await openQuestion(seat, sheet.path, sheet.choice)
        await page.locator('.q-g label').first().click()
      },
      5,
    ],
    [
      async () => {
        if (seat.writers) await sitDown(seat, chance.pick(seat.writers))
      },
      10,
    ],
    [async () => void (await page.reload()), 4],
    [() => reopen(seat, chance.percent(50)), 6],
  ])()
}

/** Closed, or fallen to the floor, and opened again without a network. */
const reopen = async ({ browser, gate }: Seat, isKilled: boolean): Promise<void> => {
  const { pathname } = new URL(browser.page.url())
  await (isKilled ? browser.kill() : browser.close())
  await browser.start()
  await browser.page.context().setOffline(true)
  await browser.page.goto(`${gate.origin}${pathname}`)
}

/** All that stands in the fields and blocks of a sheet, question by question. */
const readSheet = async (seat: Seat, path: string): Promise<string> => {
  const { page } = seat.browser
  let shown = ''
  for (let question = 0; question < 6; question++) {
    await openQuestion(seat, path, question)
    shown += await page.locator('.q-g').evaluate((element: HTMLElement) => {
      const fields = [...element.querySelectorAll('textarea')].map(({ value }) => value)
      return `${element.innerText}\n${fields.join('\n')}\n`
    })
  }
  return shown
}

const missingFrom = (shown: string, words: readonly Written[]): string[] =>
  words.flatMap(({ word }) => {
    const times = shown.split(word).length - 1
    return times === 1 ? [] : [`${word}: ${times} times`]
  })

/** The sheet as a Word file, as another library reads it: HTML. */
const readPaper = async ({ browser: { page } }: Seat, task: string): Promise<string> => {
  const base64 = await page.evaluate(
    async (path) => {
      const answer = await fetch(path)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    },
    paths.sheetFile('leiargruppa-stord', task, 'docx'),
  )
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(base64, 'base64') })
  return value
}

/** Whose name stands by a word: before a text, in a cell behind it. */
const writerOf = (html: string, word: string): string | undefined => {
  const at = html.indexOf(word)
  const isCell = html.lastIndexOf('<td', at) > html.lastIndexOf('</td>', at)
  const paragraphs = html.split(/<\/?(?:p|td|tr|table|tbody|thead|th|h\d)>/).filter(Boolean)
  const index = paragraphs.findIndex((paragraph) => paragraph.includes(word))
  return paragraphs[isCell ? index + 1 : index - 1]
}
