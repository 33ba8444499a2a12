import { readFileSync } from 'node:fs'
import mammoth from 'mammoth'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faults, inAllSizes, picture } from './harness/look.ts'
import { follow, patience, saysSomewhere, waitUntilAllSent } from './harness/steps.ts'
import { newWorld, signIn } from './harness/world.ts'

const cohort = 'vestland-1-kull-1'
const readiness = `/admin/klar/${cohort}/samling-1`
const task = 'strategi/utfordringa'
const wall = `/admin/vegg/${cohort}?ark=kompetanseloft-vestland.strategi.utfordringa`
const first = 'Nattevaktene skriv alt to gonger.'
const second = 'Dagvaktene òg.'
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

describe('before a gathering', () => {
  it('a facilitator sees who is ready, and reads what a group has handed in, no more', async () => {
    const world = await newWorld()
    const { page: table } = await world.openBrowser()
    const { page: desk } = await world.openBrowser()
    await signIn(table, world.gate.origin, 'demo-gruppe-stord')
    await signIn(desk, world.gate.origin, 'demo-fasilitator')
    const answer = table.getByRole('textbox').first()
    const handIn = table.getByRole('region', { name: 'Lever arket' })
    const state = desk.getByRole('row', { name: /Leiargruppa, Stord/ }).locator('.ready-state')
    const onWall = desk.getByRole('article', { name: 'Leiargruppa, Stord' })
    /** The page of who is ready says this of one of Stord's sheets. */
    const isSaid = async (words: RegExp): Promise<void> => {
      await follow(desk, readiness)
      const said = state.getByText(words)
      await expect
        .poll(async () => {
          await button(desk, 'Hent på nytt').click()
          return said.count()
        }, patience)
        .toBeGreaterThan(0)
    }

    // 1. The group writes: that it has begun is seen, and not a word of it.
    await follow(table, `/del/${task}`)
    await answer.fill(first)
    await waitUntilAllSent(table)
    await isSaid(/^Begynt/)
    expect(await desk.content()).not.toContain(first)
    await follow(desk, wall)
    await desk.getByText('Ingen grupper har levert dette arket enno.').waitFor()
    await desk.getByText(/^Ikkje levert enno: .*Leiargruppa, Stord/).waitFor()
    expect(await desk.content()).not.toContain(first)

    // 2. It hands the sheet in: its words stand on the wall.
    await button(table, 'Lever arket').click()
    await handIn.getByText(/^Levert/).waitFor()
    await waitUntilAllSent(table)
    await button(desk, 'Hent på nytt').click()
    await onWall.getByText(first).waitFor()

    // 3. What it writes after that stays in the group until it hands in again.
    await answer.fill(`${first} ${second}`)
    await handIn.getByText('Endra etter levering').waitFor()
    await waitUntilAllSent(table)
    await isSaid(/^Levert, endra etterpå/)
    await inAllSizes(desk, 'readiness')
    await follow(desk, wall)
    await onWall.getByText(first).waitFor()
    expect(await desk.content()).not.toContain(second)
    await button(table, 'Lever på nytt').click()
    await waitUntilAllSent(table)
    await button(desk, 'Hent på nytt').click()
    await onWall.getByText(second).waitFor()
    await inAllSizes(desk, 'wall')

    // 4. The same in a file, with who wrote it.
    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      onWall.getByRole('link', { name: /Word/ }).click(),
    ])
    const { value } = await mammoth.extractRawText({ path: await download.path() })
    expect(value).toContain(second)
    expect(value).toContain('Leiargruppa, Stord')

    // 5. On the wall of the hall, by the keys of whoever stands there.
    await button(desk, 'Vis på lerret').click()
    const screen = desk.getByRole('dialog', { name: 'Veggen på lerret' })
    await screen.getByText(second).waitFor()
    expect(await faults(desk)).toEqual([])
    await picture(desk, 'wall-screen-1280')
    await screen.getByText(/^1 av \d$/).waitFor()
    await desk.keyboard.press('ArrowRight')
    await screen.getByText(/^2 av \d$/).waitFor()
    await desk.keyboard.press('ArrowLeft')
    await screen.getByText(/^1 av \d$/).waitFor()
    await desk.keyboard.press('Escape')
    await screen.waitFor({ state: 'hidden' })

    // 6. A word to the groups that lag; this server sends no mail, and says to whom it would have gone.
    await follow(desk, readiness)
    await button(desk, /^Vel d/).click()
    await desk.getByText(/^Til: .*Leiargruppa, Sunnfjord/).waitFor()
    await desk.getByLabel('Melding').fill('Hugs arket før samlinga.')
    await button(desk, 'Send meldinga').click()
    const said = desk.locator('.remind [role="status"]')
    await said.getByText(/^Tenaren sender ikkje e-post/).waitFor()
    await said.getByText('Utan kontaktperson med e-post: Leiargruppa, Sunnfjord').waitFor()
  })
})

describe('a group’s sheet', () => {
  it('is taken along as Word, PDF and CSV, and without a network says why not', async () => {
    const world = await newWorld()
    const { page } = await world.openBrowser()
    await signIn(page, world.gate.origin, 'demo-gruppe-stord')
    await follow(page, `/del/${task}`)
    await page.getByRole('textbox').first().fill(first)
    await waitUntilAllSent(page)
    const files = page.getByRole('region', { name: 'Ta med arket' })
    const take = async (name: string): Promise<{ name: string; path: string }> => {
      const [download] = await Promise.all([
        page.waitForEvent('download', patience),
        files.getByRole('button', { name }).click(),
      ])
      return { name: download.suggestedFilename(), path: await download.path() }
    }
    const word = await take('Word')
    expect(word.name).toMatch(/^[a-z0-9-]+\.docx$/)
    expect((await mammoth.extractRawText({ path: word.path })).value).toContain(first)
    const pdf = await take('PDF')
    expect(readFileSync(pdf.path).subarray(0, 5).toString()).toBe('%PDF-')
    const csv = await take('Rekneark (CSV)')
    expect(readFileSync(csv.path, 'utf8')).toContain(first)

    world.gate.cut()
    await files.getByRole('button', { name: 'Word' }).click()
    await files.getByText(/^Fila blir laga på tenaren/).waitFor()
    world.gate.restore()
    await saysSomewhere(page, 'Alt er sendt')
    await take('Word')
    expect(await files.getByText(/^Fila blir laga på tenaren/).count()).toBe(0)
  })
})
