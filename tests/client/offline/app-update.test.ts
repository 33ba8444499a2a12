import { expect, test } from 'vitest'
import { createAppUpdate } from '../../../src/client/offline/app-update.ts'

const createPage = ({ isControlled = true } = {}) => {
  const did: string[] = []
  const page = { canLoad: true }
  const update = createAppUpdate({
    isControlled,
    skipWaiting: () => did.push('skip waiting'),
    check: async () => {
      did.push('check')
    },
    canLoad: async () => page.canLoad,
    reload: () => did.push('reload'),
  })
  const use = () =>
    update.use(async () => {
      await Promise.resolve()
      did.push('saved')
    })
  return { did, page, update, use, kind: () => update.offer.value?.kind ?? null }
}

test('the first control of a fresh device is no news, the next one is', () => {
  const { did, update, kind } = createPage({ isControlled: false })
  update.controllerChanged()
  expect(kind()).toBe(null)
  update.controllerChanged()
  expect(kind()).toBe('taken')
  expect(did).toEqual([])
})

test('a version that waits is taken into use when its person says so, with the words saved first', async () => {
  const { did, update, use, kind } = createPage()
  update.waits()
  expect(kind()).toBe('waiting')
  await use()
  expect(did).toEqual(['saved', 'skip waiting'])
  update.controllerChanged()
  expect(did.at(-1)).toBe('reload')
})

test('what another tab has taken into use never reloads this one by itself', async () => {
  const { did, update, use, kind } = createPage()
  update.waits()
  const put = update.offer.value
  update.controllerChanged()
  expect(kind()).toBe('taken')
  expect(update.offer.value).not.toBe(put) // one that was put off is not this one
  expect(did).toEqual([])
  await use()
  expect(did).toEqual(['saved', 'reload'])
})

test('another tab is faster while this one saves: it reloads, and waits for nothing', async () => {
  const { did, update } = createPage()
  update.waits()
  await update.use(async () => update.controllerChanged())
  expect(did).toEqual(['reload'])
})

test('a third version that waits by now is the one that is taken', async () => {
  const { did, update, use, kind } = createPage()
  update.waits()
  update.controllerChanged()
  update.waits()
  expect(kind()).toBe('taken')
  await use()
  expect(did).toEqual(['saved', 'skip waiting'])
})

test('a part that cannot be had is told once for each place, and a new version is asked for', async () => {
  const { did, update, use, kind } = createPage()
  update.missed('/gruppe group-page.js')
  const first = update.offer.value
  expect(kind()).toBe('missing')
  update.missed('/gruppe group-page.js')
  expect(update.offer.value).toBe(first)
  update.missed('/notat notes-page.js')
  expect(kind()).toBe('missing')
  expect(update.offer.value).not.toBe(first)
  expect(did).toEqual(['check', 'check'])
  await use()
  expect(did.slice(2)).toEqual(['saved', 'reload'])
})

test('a version that waits helps a page with a missing part', async () => {
  const { did, update, use, kind } = createPage()
  update.missed('/gruppe group-page.js')
  update.waits()
  expect(kind()).toBe('missing')
  await use()
  expect(did.slice(1)).toEqual(['saved', 'skip waiting'])
})

test('a page that cannot be had now is not thrown away', async () => {
  const { did, page, update, use, kind } = createPage()
  update.missed('/gruppe group-page.js')
  page.canLoad = false
  await use()
  expect(kind()).toBe('unreachable')
  expect(did).toEqual(['check', 'saved'])
  page.canLoad = true
  await use()
  expect(did.slice(2)).toEqual(['saved', 'reload'])
})
