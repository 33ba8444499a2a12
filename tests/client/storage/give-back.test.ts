import { expect, test } from 'vitest'
import { createDatabaseAccess } from '../../../src/client/storage/database-access.ts'
import { giveBack } from '../../../src/client/storage/give-back.ts'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { createRescue } from '../../../src/client/storage/rescue.ts'
import { createDocument, wholeState, writeText } from '../../../src/shared/words/document.ts'
import { createDevice, eventually, note } from '../device.ts'
import { storedWords } from '../stored-words.ts'
import { faults } from '../sync/fake-server.ts'

test('words that a window has rescued while its earlier ones were given back stay rescued', async () => {
  const device = createDevice(faults.offline)
  const access = createDatabaseAccess(() => indexedDbWords('kari', device.database), device.clock)
  const rescue = createRescue(device.storage, 'kari')
  const doc = createDocument()
  const keep = (text: string): void => {
    writeText(doc, 'f/tanke', text)
    const update = wholeState(doc)
    const texts = { 'f/tanke': text }
    rescue.keep(`anna/${note}`, { doc: note, texts, update, keys: ['f/tanke'], writtenAt: 1 })
  }
  const { updates } = storedWords(device.database)
  expect(await updates.count()).toBe(0)

  keep('ein')
  const hold = device.database.hold()
  const giving = giveBack(access, rescue, 'denne')
  await eventually(() => expect(device.database.writes).toBe(1))
  keep('ein to')
  hold.release()
  expect(await giving).toMatchObject([{ texts: { 'f/tanke': 'ein to' } }])
  expect(rescue.kept()).toMatchObject([[`anna/${note}`, { texts: { 'f/tanke': 'ein to' } }]])

  expect(await giveBack(access, rescue, 'denne')).toEqual([])
  expect(rescue.kept()).toEqual([])
  expect((await storedWords(device.database).docs.get(note))?.plain.texts).toEqual({
    'f/tanke': 'ein to',
  })
  access.close()
})
