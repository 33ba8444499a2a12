import { IDBFactory } from 'fake-indexeddb'
import { expect, it, vi } from 'vitest'
import { writeUnsentFile } from '../../../src/client/state/unsent-file.ts'
import { createWaiting } from '../../../src/client/state/waiting.ts'
import { forgetPrincipal } from '../../../src/client/storage/forget-principal.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  facts,
  json,
  kari,
  link,
  newBrowser,
  offline,
  servicesOf,
  shownTo,
  tableOf,
} from './table-browser.ts'

it('does not lay a device on a second table from a window that was open before the first', async () => {
  const { openWindow, device } = await newBrowser(null)
  const [first, second] = [openWindow(), openWindow()]
  await vi.waitFor(() =>
    expect([first, second].map((w) => shownTo(w.start))).toEqual(['signed-out', 'signed-out']),
  )
  expect(await first.start.sitDown(link)).toEqual({ ok: true })
  const seated = (await device.people.get('table'))?.me?.principal
  await second.start.sitDown(link) // the other tab of the same link: its button is still there
  // The secret of the first is gone otherwise, and with it every word that it has not sent.
  expect((await device.people.get('table'))?.me?.principal).toBe(seated)
})

it('keeps whoever lent the device through a second window’s sitting down', async () => {
  const { openWindow, device } = await newBrowser(kari)
  const [first, second] = [openWindow(), openWindow()]
  await vi.waitFor(() =>
    expect([first, second].map((w) => shownTo(w.start))).toEqual(['kari', 'kari']),
  )
  await first.start.sitDown(link)
  await second.start.sitDown(link)
  expect((await device.people.get('parked'))?.me?.principal).toBe('kari')
})

it('gives the device back when two windows leave the table at once, as at its end', async () => {
  const { openWindow, device } = await newBrowser(kari)
  const first = openWindow()
  await vi.waitFor(() => expect(shownTo(first.start)).toBe('kari'))
  await first.start.sitDown(link)
  const second = openWindow()
  await vi.waitFor(() => expect(shownTo(second.start)).toMatch(/^bord-/))
  let goOn = (): void => undefined
  second.gate.leaving = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const slower = tableOf(second.start).leave(false) // still asks the server whether all is sent
  await tableOf(first.start).leave(false)
  expect((await device.people.get('current'))?.me?.principal).toBe('kari')
  goOn()
  await slower
  expect((await device.people.get('current'))?.me?.principal).toBe('kari')
})

it('does not come back to a table that was left while it asked to be let in', async () => {
  const { openWindow, device, answers } = await newBrowser(kari)
  const { start, now } = openWindow()
  await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  await start.sitDown(link)
  const tablet = shownTo(start)
  let letIn = (): void => undefined
  answers.set(
    `POST ${paths.tablets}`,
    () =>
      new Promise((resolve) => {
        letIn = () =>
          resolve(
            json({
              me: { ...kari, principal: tablet, role: 'group-tablet', personScope: null },
              sight: { expiresAt: facts.e, isOver: false },
            }),
          )
      }),
  )
  now.value = 2000 // a network has come, a slow one
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await tableOf(start).leave(false)).toBe('done')
  expect(shownTo(start)).toBe('kari')
  letIn()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(shownTo(start)).toBe('kari')
  expect(await device.people.get('table')).toBe(undefined)
})

it('lets a tablet whose time is over go, also where a report of a mistake is not taken', async () => {
  const { openWindow, kept, answers } = await newBrowser(kari)
  const { start, now } = openWindow()
  await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  await start.sitDown(link)
  const tablet = shownTo(start)
  // Written and sent off at the tablet without a network.
  const report = {
    id: 'r1',
    item: 'a',
    text: 'Feil',
    isWanted: true,
    package: 'p',
    version: '1',
    language: 'nn',
  }
  kept.set(`loft-report:${tablet}:a`, JSON.stringify(report))
  kept.set(`loft-reports:${tablet}`, JSON.stringify(['a']))
  now.value = facts.e
  // What the server answers a tablet whose time is over (http/route.ts: `isOver && !isOverToo`).
  answers.set(`POST ${paths.reports}`, () => json({ code: 'not-found', message: '' }, 404))
  const outcome = await tableOf(start).leave(false)
  const file = await writeUnsentFile(servicesOf(start)).catch(() => null)
  // Else the page's only buttons are «try again» and a file that there is none of.
  expect(outcome === 'done' || file !== null).toBe(true)
})

it('holds leaving up for a card that only this page has, since the browser’s storage is full', async () => {
  const waiting = createWaiting({
    fetch: (async () => offline()) as typeof fetch,
    storage: {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
      removeItem: () => undefined,
    },
    isHere: () => true,
    onChance: () => undefined,
    takeChance: () => undefined,
  })
  const cards = await waiting.cards('bord-1')
  cards.write('k1', {
    ...{ title: 'Eit kort', what: 'Mykje arbeid', gives: '', takes: '', contact: '', modules: [] },
    ...{ group: 'stord', reach: 'cohort' },
  })
  await cards.publish('k1')
  expect((await waiting.send('bord-1')) && !(await waiting.holdsCards('bord-1'))).toBe(false)
})

it('forgets a principal where the browser has no localStorage', async () => {
  const indexedDB = new IDBFactory()
  // Firefox with dom.storage.enabled off gives null; others throw at the property.
  await expect(
    forgetPrincipal({ localStorage: null as unknown as Storage, indexedDB }, 'bord-1'),
  ).resolves.toBe(undefined)
})

it('does not take up a place at a table again that was left while the server was told of it', async () => {
  const { openWindow, device, answers } = await newBrowser(kari)
  const { start, now } = openWindow()
  await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  const joined = (tablet: string) =>
    json({
      me: { ...kari, principal: tablet, role: 'group-tablet', personScope: null },
      sight: { expiresAt: facts.e, isOver: false },
    })
  await start.sitDown(link)
  const tablet = shownTo(start)
  let tell = (): void => undefined
  answers.set(
    `POST ${paths.tabletState}`,
    () =>
      new Promise((resolve) => {
        tell = () => resolve(json({ expiresAt: facts.e, isOver: true }))
      }),
  )
  answers.set(`POST ${paths.tablets}`, () => joined(tablet))
  now.value = 2000
  await vi.waitFor(async () =>
    expect((await device.people.get('table'))?.seat?.hasJoined).toBe(true),
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  now.value = 3000
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await tableOf(start).leave(false)).toBe('done')
  tell()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await device.people.get('table')).toBe(undefined) // link, secret, names of group and municipality
})
