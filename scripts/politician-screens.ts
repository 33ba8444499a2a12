import type { Browser } from 'playwright-core'
import { demoLink } from '../src/server/people/demonstration.ts'
import type { Me } from '../src/shared/domain/person.ts'
import { paths } from '../src/shared/protocol/paths.ts'
import { createDocument, wholeState, writeScalars } from '../src/shared/words/document.ts'
import type { Scalar } from '../src/shared/words/plain.ts'
import { signIn, waitUntilOfflineReady } from '../tests/e2e/harness/world.ts'
import { frame, push } from '../tests/server/sync/sync-client.ts'

/** Six politicians of Stord, so that there is something to sum. */
const answerAsPoliticians = async (origin: string): Promise<void> => {
  const together = ['delvis', 'delvis', 'darleg', 'darleg', 'delvis', 'godt']
  for (const [index, value] of together.entries()) {
    const entered = await fetch(origin + paths.link(demoLink.token), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ attempt: crypto.randomUUID(), language: 'nn' }),
    })
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const { personScope: scope } = (await entered.json()) as Me
    if (scope === null) throw new Error('no scope')
    const answers: Record<string, [string, Scalar][]> = {
      innbyggjarane: [
        ['saman', value],
        ['ikkje-pa-nett', index % 2 === 0 ? ['telefon', 'hjelp'] : ['telefon', 'oppmote']],
      ],
      'meir-for-mindre': [['rom-for-nytt', [3, 2, 2, 3, 4, 2][index] ?? 3]],
    }
    const pushes = Object.entries(answers).map(([film, entries]) => {
      const doc = createDocument()
      writeScalars(doc, entries)
      return push(`${scope}/kompetanseloft-vestland.folkevalde.${film}`, wholeState(doc))
    })
    await fetch(origin + paths.sync, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(frame([{ id: scope, pushes }])),
    })
  }
}

/** The politician's line, what they bring to the meeting, and the page of their resource person. */
export const takePoliticians = async (
  browser: Browser,
  origin: string,
  folder: string,
): Promise<void> => {
  await answerAsPoliticians(origin)
  const page = await (await browser.newContext({ colorScheme: 'light' })).newPage()
  const take = async (name: string, path: string): Promise<void> => {
    for (const width of [390, 820]) {
      await page.setViewportSize({ width, height: 1000 })
      await page.goto(origin + path)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
      console.info(`${folder}/${name}-${width}.png`)
    }
  }
  await take('link', paths.municipalityLink(demoLink.token))
  await page.getByRole('button', { name: 'Begynn' }).click()
  await page.waitForURL(`${origin}/`)
  await waitUntilOfflineReady(page)
  await page.getByRole('button', { name: /^Ta med alle fem/ }).click()
  await page.getByRole('link', { name: 'Alt er på eininga' }).waitFor()
  for (const film of ['meir-for-mindre', 'varme-hender']) {
    await page.goto(`${origin}/del/folkevalde/${film}`)
    await page.getByRole('textbox').first().fill('Kontroll av skjema. Tida kan gå til rettleiing.')
    await page.getByRole('textbox', { name: /Notatet ditt/ }).fill('Ta opp i budsjettmøtet.')
    await page.getByRole('button', { name: /^Ferdig/ }).click()
    await page.getByRole('button', { name: 'Ikkje ferdig likevel' }).waitFor()
  }
  await page
    .getByText(/^Alt er sendt$/)
    .first()
    .waitFor()
  await take('politicians', '/')
  await take('bring', '/mote')
  await signIn(page, origin, 'demo-ressursperson-stord')
  await take('resource', '/mote')
}
