import { expect, it, vi } from 'vitest'
import { writeTableLink } from '../../../src/shared/domain/table-link.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { facts, kari, link, newBrowser, servicesOf, shownTo, tableOf } from './table-browser.ts'

it('says so when the device cannot store that it lies on a table', async () => {
  const { openWindow, device } = await newBrowser(kari)
  const { start } = openWindow()
  await vi.waitFor(() => expect(shownTo(start)).toBe('kari'))
  const put = vi
    .spyOn(device.people, 'put')
    .mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  await expect(start.sitDown(link)).resolves.toMatchObject({ ok: false })
  put.mockRestore()
})

it('does not take a table for over because the device did not answer once', async () => {
  const { openWindow, device } = await newBrowser(kari)
  const first = openWindow()
  await vi.waitFor(() => expect(shownTo(first.start)).toBe('kari'))
  await first.start.sitDown(link)
  const get = device.people.get.bind(device.people)
  let isSilent = true
  vi.spyOn(device.people, 'get').mockImplementation((key) => {
    if (key !== 'table' || !isSilent) return get(key)
    return Promise.reject(new DOMException('gone', 'InvalidStateError'))
  })
  const again = openWindow() // reloaded
  await vi.waitFor(() => expect(shownTo(again.start)).toMatch(/^bord-/))
  isSilent = false
  // Else over-page.tsx empties the tablet at once.
  expect(tableOf(again.start).isOver.value).toBe(false)
})

it('asks in the moment it sits down whether the device lies on a table by now', async () => {
  const { openWindow, device, answers } = await newBrowser(null)
  const [first, second] = [openWindow(), openWindow()]
  await vi.waitFor(() =>
    expect([first, second].map((w) => shownTo(w.start))).toEqual(['signed-out', 'signed-out']),
  )
  // The second tab's question to the server is on its way while the first one, answered sooner, sits down.
  let cut = (): void => undefined
  answers.set(
    `POST ${paths.tablets}`,
    () =>
      new Promise((_, reject) => {
        cut = () => reject(new TypeError('no network'))
      }),
  )
  const slower = second.start.sitDown(link)
  await vi.waitFor(() => expect(String(cut)).toContain('reject'))
  answers.delete(`POST ${paths.tablets}`)
  expect(await first.start.sitDown(link)).toEqual({ ok: true })
  const seated = (await device.people.get('table'))?.me?.principal
  cut()
  await slower
  expect((await device.people.get('table'))?.me?.principal).toBe(seated)
})

it('does not say that it sits at the table of a link when it sits at another group’s', async () => {
  const { openWindow } = await newBrowser(null)
  const [first, second] = [openWindow(), openWindow()]
  await vi.waitFor(() =>
    expect([first, second].map((w) => shownTo(w.start))).toEqual(['signed-out', 'signed-out']),
  )
  await first.start.sitDown(link)
  const other = writeTableLink({ ...facts, g: 'bomlo', n: 'Leiargruppa, Bømlo' }, 'payload.other')
  const sat = await second.start.sitDown(other)
  expect(sat.ok && servicesOf(second.start).me.name).not.toBe(facts.n)
})
