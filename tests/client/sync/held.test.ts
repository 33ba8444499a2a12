import { expect, test } from 'vitest'
import { limits } from '../../../src/shared/protocol/frames.ts'
import {
  createDevice,
  type Device,
  eventually,
  flushed,
  group,
  note,
  person,
  sheet,
  type Tab,
} from '../device.ts'
import { storedWords } from '../stored-words.ts'
import { createFakeServer, faults } from './fake-server.ts'

const started = async (device: Device): Promise<Tab> => {
  const tab = await device.openTab()
  await tab.syncNow()
  return tab
}

test('words of somebody who has left are held, said to be so, and shared at the return', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  const document = await tab.open(sheet)
  document.setText('f/tanke', 'før')
  await flushed(device, tab)
  await tab.syncNow()
  server.status.set(group, 'left')
  document.setText('f/anna', 'etter')
  await flushed(device, tab)
  await tab.syncNow()
  expect(server.held.map((one) => one.doc)).toEqual([sheet])
  expect(document.stateOf('f/anna')).toEqual({ kind: 'held' })
  expect(document.stateOf('f/tanke').kind).toBe('sent')
  expect(tab.pending.value).toMatchObject({ documents: 0, held: 1 })
  await eventually(() => expect(tab.left.value).toEqual([group]))
  expect(await tab.hasUnsent()).toBe(false)

  // Known at the next start, too; and more is held.
  await tab.stop()
  const again = await started(device)
  const reopened = await again.open(sheet)
  expect(reopened.plain.value.texts).toEqual({ 'f/tanke': 'før', 'f/anna': 'etter' })
  expect(reopened.stateOf('f/anna').kind).toBe('held')
  reopened.setText('f/anna', 'etter at eg slutta')
  await flushed(device, again)
  expect(reopened.stateOf('f/anna').kind).toBe('saved')
  await again.syncNow()
  expect(server.held).toHaveLength(2)

  // The membership returns: the server has put what it held into the group.
  server.scope(group).log.push(...server.held)
  server.status.delete(group)
  await again.syncNow()
  await eventually(() => expect(reopened.stateOf('f/anna').kind).toBe('sent'))
  await eventually(() => expect(again.pending.value.held).toBe(0))
  expect(again.left.value).toEqual([])
  expect(await storedWords(device.database).updates.count()).toBe(3)
})

test('two windows know what is held', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const [one, two] = [await started(device), await started(device)]
  const [left, right] = [await one.open(sheet), await two.open(sheet)]
  server.status.set(group, 'left')
  left.setText('f/a', 'ord')
  await flushed(device, one)
  await one.syncNow()
  await eventually(() => expect(right.stateOf('f/a')).toEqual({ kind: 'held' }))
})

test('an erased scope leaves the device, the screen and every window, and is never pushed to', async () => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const [tab, other] = [await started(device), await started(device)]
  const [document, elsewhere] = [await tab.open(sheet), await other.open(sheet)]
  document.setText('f/tanke', 'skal bort')
  await flushed(device, tab)
  await tab.syncNow()
  const own = await tab.open(note)
  own.setText('f/tanke', 'skal stå')
  document.setText('f/anna', 'usendt, skal òg bort')
  await flushed(device, tab)
  document.setText('f/anna', 'usendt i bufferen')
  server.status.set(group, 'gone')
  const before = server.requests.length
  await tab.syncNow()
  for (const shown of [document, elsewhere])
    await eventually(() => expect(shown.plain.value).toEqual({ texts: {}, scalars: {} }))
  await eventually(() => expect(tab.documents.value.map((row) => row.id)).toEqual([note]))
  await eventually(() => expect(other.documents.value.map((row) => row.id)).toEqual([note]))

  // Who types on writes into the air.
  document.setText('f/tanke', 'meir')
  expect(document.plain.value.texts).toEqual({})
  await document.close()
  await flushed(device, tab)
  await tab.syncNow()
  const pushed = server.requests
    .slice(before + 1)
    .flatMap((one) => one.scopes.filter((scope) => scope.id === group))
    .flatMap((scope) => scope.pushes)
  expect(pushed).toEqual([])
  const stored = storedWords(device.database)
  for (const table of [stored.docs, stored.updates, stored.outbox])
    expect((await table.toArray()).filter((row) => row.scope === group)).toEqual([])
  expect([...device.storage.items.keys()]).toEqual(['loft-device:kari'])
  expect(server.words(note).texts['f/tanke']).toBe('skal stå')
})

test.each(['refused', 'too-large'] as const)('what is %s says so, and stays', async (code) => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  server.refuse = (doc) => (doc === note ? code : null)
  const [document, other] = [await tab.open(note), await tab.open(`${person}/anna`)]
  document.setText('f/tanke', 'for mykje')
  other.setText('f/tanke', 'passe')
  await flushed(device, tab)
  await tab.syncNow()
  expect(document.stateOf('f/tanke')).toMatchObject({ kind: 'saved', refused: code })
  expect(other.stateOf('f/tanke').kind).toBe('sent')
  expect(tab.pending.value).toMatchObject({ documents: 1, refused: 1 })
  expect((await tab.unsentAsFile())?.text).toContain('for mykje')
  server.refuse = () => null
  device.clock.advance(10 * 60_000)
  await tab.syncNow()
  expect(document.stateOf('f/tanke').kind).toBe('sent')
  expect(tab.pending.value.refused).toBe(0)
})

test.each([
  ['an acknowledgement "too-large"', null],
  ['413', faults.status(413)],
])('an update above the limit is divided after %s', async (_, fault) => {
  const server = createFakeServer()
  const device = createDevice(server.fetch)
  const tab = await started(device)
  const document = await tab.open(note)
  document.setText('f/tanke', 'å '.repeat(180_000))
  await flushed(device, tab)
  // As an earlier release may have left it: one update with everything.
  const stored = storedWords(device.database)
  const rows = await stored.outbox.toArray()
  const { mergeUpdates } = await import('../../../src/shared/words/document.ts')
  const update = mergeUpdates(rows.map((row) => row.update))
  expect(update.length).toBeGreaterThan(limits.updateBytes)
  await stored.outbox.clear()
  await stored.outbox.add({ ...rows[0], update } as never)
  if (fault) server.faults = [fault]
  await tab.syncNow()
  expect(server.words(note).texts['f/tanke']).toBe('å '.repeat(180_000))
  await eventually(() => expect(tab.pending.value.documents).toBe(0))
  expect(await stored.outbox.count()).toBe(0)
})
