import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paths } from '../../src/shared/protocol/paths.ts'
import { client, startProvider } from '../server/oidc/real-provider.ts'
import { openBrowser, type TestBrowser } from './harness/browser.ts'
import { startServer } from './harness/server.ts'
import { patience } from './harness/steps.ts'

const button = 'Logg inn med Kommunen'

/** A server that nobody administers yet, and a municipality's login beside it. */
const openMunicipality = async () => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const { issuer } = await startProvider([origin + paths.oidcReturn('kommunen')])
  const server = await startServer({
    PORT: String(port),
    LOFT_DEMO: '0',
    LOFT_OIDC_KOMMUNEN_ISSUER: issuer.href,
    LOFT_OIDC_KOMMUNEN_CLIENT_ID: client.clientId,
    LOFT_OIDC_KOMMUNEN_CLIENT_SECRET: client.clientSecret,
  })
  const browsers: TestBrowser[] = []
  onTestFinished(async () => {
    await Promise.all(browsers.map((browser) => browser.remove()))
    await server.remove()
  })
  return {
    origin,
    invitation: server.lines.flatMap((line) => /http:\S+\/inn\/\S+/.exec(line)?.[0] ?? [])[0] ?? '',
    open: async (): Promise<Page> => {
      const browser = await openBrowser()
      browsers.push(browser)
      return browser.page
    },
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** At the provider: who one is, and yes. */
const logIn = async (page: Page, login: string): Promise<void> => {
  await page.getByPlaceholder('Enter any login').fill(login)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

describe('the municipality’s own login', () => {
  it('is bound by the invitation, and lets the same person in again without one', async () => {
    const { origin, invitation, open } = await openMunicipality()
    const page = await open()
    await page.goto(invitation)
    await page.getByRole('button', { name: button }).click()
    await logIn(page, 'leiar-4614')
    await page.waitForURL(`${origin}/`)
    await page.goto(`${origin}/meg`)
    await page.getByRole('heading', { level: 1, name: 'Administrator, Løft' }).waitFor(patience)

    const other = await open()
    await other.goto(`${origin}/inn`)
    await other.getByRole('button', { name: button }).click()
    await logIn(other, 'leiar-4614')
    await other.waitForURL(`${origin}/`)
    await other.goto(`${origin}/meg`)
    await other.getByRole('heading', { level: 1, name: 'Administrator, Løft' }).waitFor(patience)

    // The link is spent: neither its button nor the login of somebody else opens anything by it.
    const thief = await open()
    await thief.goto(invitation)
    await thief.getByRole('button', { name: button }).click()
    await thief.getByText('Koden er brukt eller for gammal').waitFor(patience)
  })

  it('lets nobody in who was not invited, and says what to do', async () => {
    const { origin, open } = await openMunicipality()
    const page = await open()
    await page.goto(`${origin}/inn`)
    await page.getByRole('button', { name: button }).click()
    await logIn(page, 'ukjend')
    await page.getByText('Vi veit ikkje kven du er hos oss enno').waitFor(patience)
    expect(await page.evaluate(() => fetch('/api/v1/me').then(({ status }) => status))).toBe(401)
  })

  it('that is broken off is told in plain words', async () => {
    const { origin, open } = await openMunicipality()
    const page = await open()
    await page.goto(`${origin}/inn`)
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('link', { name: /Cancel|Abort/ }).click()
    await page.getByText('Innlogginga vart avbroten').waitFor(patience)
  })
})
