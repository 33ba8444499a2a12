import type { Locator, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSmtp } from '../server/mail/smtp.ts'
import { openBrowser } from './harness/browser.ts'
import { startServer } from './harness/server.ts'
import { patience } from './harness/steps.ts'

const file = new URL('../fixtures/people/vestland-200.csv', import.meta.url).pathname
const long = { timeout: 60_000 }
/** Pictures for docs/administrator.md are taken when a folder is named. */
const { LOFT_SCREENS: folder } = process.env

/** What an administrator does on the way; each is a click, and choosing a file is one more. */
const countingHand = (page: Page) => {
  const hand = {
    clicks: 0,
    click: async (target: Locator): Promise<void> => {
      await target.click(patience)
      hand.clicks += 1
    },
    picture: async (name: string): Promise<void> => {
      if (folder) await page.screenshot({ path: `${folder}/administrator-${name}-1280.png` })
    },
  }
  return hand
}

describe('an administrator with a spreadsheet of 200 people', () => {
  it('has them in four cohorts, sitting in groups and invited, in a few clicks', async () => {
    const smtp = await startSmtp()
    const { host, port } = smtp.settings
    const server = await startServer({
      LOFT_DEMO: '0',
      LOFT_SMTP_URL: `smtp://${host}:${port}`,
      LOFT_MAIL_FROM: 'Løft <loft@vestland.example>',
    })
    onTestFinished(() => server.remove())
    const browser = await openBrowser()
    onTestFinished(() => browser.remove())
    const { page } = browser
    await page.setViewportSize({ width: 1280, height: 900 })
    const hand = countingHand(page)
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    const sections = page.getByRole('navigation', { name: 'Administrasjon' })
    const section = (name: string) => sections.getByRole('link', { name, exact: true })

    // 1. In, by the link that the server printed.
    await page.goto(
      server.lines.flatMap((line) => /http:\S+\/inn\/\S+/.exec(line)?.[0] ?? [])[0] ?? '',
    )
    await hand.click(button('Logg inn'))
    await hand.click(button('Meny'))
    await hand.click(page.getByRole('link', { name: 'Administrasjon' }))

    // 2. Three cohorts beside the one that is there.
    for (const name of ['Kull 2', 'Kull 3', 'Kull 4']) {
      await hand.click(button('Nytt kull'))
      await page.getByRole('textbox', { name: 'Namn' }).fill(name)
      await hand.click(button('Lag kullet'))
      await page.getByRole('rowheader', { name }).waitFor(patience)
    }
    await hand.picture('cohorts')

    // 3. The people: looked at, then stored.
    await hand.click(section('Folk'))
    await hand.click(page.getByRole('link', { name: 'Importer frå rekneark' }))
    await page.locator('input[type=file]').setInputFiles(file)
    hand.clicks += 2 // opening the dialog, and choosing
    await button('Importer 200 personar').waitFor(long)
    await hand.picture('import')
    await hand.click(button('Importer 200 personar'))
    await page.getByText('Fila er importert').waitFor(long)

    // 4. Invited, all at once.
    await hand.click(page.getByRole('link', { name: 'Gå vidare og inviter dei 200 nye' }))
    await hand.click(button('Inviter 200 personar'))
    await page.getByText(/av 200 invitasjonar er sende/).waitFor(patience)
    await hand.picture('inviting')

    // 5. Groups for the first gathering of the first cohort, while the mails go.
    await hand.click(section('Grupper'))
    await hand.click(page.getByRole('link', { name: 'Kull 1' }))
    await hand.click(page.getByRole('link', { name: /^Samling 1/ }))
    await hand.click(button('Lag framlegg'))
    await button('Bruk desse gruppene').waitFor(patience)
    await hand.picture('groups')
    await hand.click(button('Bruk desse gruppene'))
    await page.getByRole('status').getByText('Lagra').waitFor(patience)
    expect(hand.clicks).toBeLessThanOrEqual(22)

    // 6. Everybody has a mail with a link of their own, and the link lets them in.
    await expect.poll(() => smtp.mails.length, long).toBe(200)
    const links = smtp.mails.map(({ text = '' }) => /http:\S+\/inn\/\S+/.exec(text)?.[0])
    expect(new Set(links).size).toBe(200)
    await hand.click(section('Folk'))
    await page.getByText('av 200 invitasjonar er sende').waitFor({ ...long, state: 'detached' })
    const mail = smtp.mails.find(({ to }) =>
      JSON.stringify(to).includes('kommunedirektor@etne.example'),
    )
    const participant = await openBrowser()
    onTestFinished(() => participant.remove())
    await participant.page.goto(/http:\S+\/inn\/\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    await participant.page.getByRole('button', { name: 'Logg inn' }).click()
    await participant.page.getByRole('navigation', { name: 'Lina' }).waitFor({ state: 'attached' })
    await participant.page.goto(`${server.origin}/meg`)
    await participant.page.getByRole('heading', { name: 'Kommunedirektør, Etne' }).waitFor(patience)
  })

  it('is told every mistake in it, with its line, before anything is stored', async () => {
    const server = await startServer()
    onTestFinished(() => server.remove())
    const browser = await openBrowser()
    onTestFinished(() => browser.remove())
    const { page } = browser
    await page.goto(`${server.origin}/inn/demo-administrator`)
    await page.getByRole('button', { name: 'Logg inn' }).click()
    await page.getByRole('navigation', { name: 'Lina' }).waitFor({ state: 'attached' })
    await page.goto(`${server.origin}/admin/importer`)
    const rows = [
      'namn;e-post;kommune;målgruppe;kull',
      'HR-leiar, Fitjar;hr@fitjar.example;Fitjarr;2;Kull 1',
      'IKT-leiar, Fitjar;ikt;Fitjar;3;Kull 1',
    ]
    const buffer = Buffer.from(rows.join('\n'), 'latin1')
    const upload = { name: 'folk.csv', mimeType: 'text/csv', buffer }
    await page.locator('input[type=file]').setInputFiles(upload)
    await page.getByText('2 ting må rettast før noko kan lagrast.').waitFor(patience)
    await page.getByText('Vi kjenner ikkje kommunen «Fitjarr». Meinte du Fitjar?').waitFor()
    await page.getByText('«ikt» er ikkje ei e-postadresse.').waitFor()
    expect(await page.getByRole('button', { name: /^Importer/ }).count()).toBe(0)
    await page.goto(`${server.origin}/admin/folk`)
    await page.getByRole('rowheader', { name: /HR-leiar, Sunnfjord/ }).waitFor(patience)
    expect(await page.getByText('Fitjar').count()).toBe(0)
  })
})
