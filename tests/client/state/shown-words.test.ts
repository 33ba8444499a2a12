import { expect, test } from 'vitest'
import { createDocumentList } from '../../../src/client/state/document-list.ts'
import { createOpenDocuments } from '../../../src/client/state/open-documents.ts'
import { createShownWords } from '../../../src/client/state/shown-words.ts'
import { createUnsentWords } from '../../../src/client/state/unsent-words.ts'
import { createDatabaseAccess } from '../../../src/client/storage/database-access.ts'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { documentRow, outboxRow } from '../../../src/client/storage/word-rows.ts'
import { note } from '../device.ts'
import { createFlakyDatabase } from '../flaky-database.ts'
import { createManualClock } from '../manual-clock.ts'
import { storedWords } from '../stored-words.ts'

const unsent = { update: Uint8Array.of(1), keys: ['f/a'], writtenAt: 5 }

test('what another tab tells of while everything is read again is not taken for sent', async () => {
  const factory = createFlakyDatabase()
  const database = storedWords(factory)
  const clock = createManualClock()
  const access = createDatabaseAccess(() => indexedDbWords('kari', factory), clock)
  let hear: (message: unknown) => void = () => undefined
  let afterReading = async (): Promise<void> => undefined
  const shown = createShownWords({
    leftElsewhere: () => undefined,
    bornAs: () => 'another',
    hasLeft: () => false,
    clock,
    // The browser may hand over the message before the older reading.
    access: {
      ...access,
      run: async (work) => {
        const result = await access.run(work)
        await afterReading()
        return result
      },
    },
    channel: {
      post: () => undefined,
      listen: (listener) => {
        hear = listener
      },
      close: () => undefined,
    },
    opened: createOpenDocuments(() => Promise.reject(new Error('nothing is opened here'))),
  })
  afterReading = async () => {
    afterReading = async () => undefined
    const n = await database.outbox.add(outboxRow(note, unsent))
    hear({ docs: [], added: [{ n, doc: note, ...unsent }], removed: [], reload: false })
  }
  await shown.reload()
  expect(shown.pending.value).toMatchObject({ documents: 1, oldest: 5 })
})

test('a message of another release of the page is passed over', async () => {
  let hear: (message: unknown) => void = () => undefined
  const clock = createManualClock()
  const shown = createShownWords({
    leftElsewhere: () => undefined,
    bornAs: () => 'another',
    hasLeft: () => false,
    clock,
    access: createDatabaseAccess(() => indexedDbWords('kari', createFlakyDatabase()), clock),
    channel: {
      post: () => undefined,
      listen: (listener) => {
        hear = listener
      },
      close: () => undefined,
    },
    opened: createOpenDocuments(() => Promise.reject(new Error('nothing is opened here'))),
  })
  for (const message of [null, 'hei', { docs: 'alle' }, { docs: [], added: [], removed: [] }])
    hear(message)
  expect(shown.pending.value.documents).toBe(0)
})

test('a row that was read late does not cover up a newer one', () => {
  const list = createDocumentList(createUnsentWords())
  const row = (text: string, changedAt: number) =>
    documentRow(note, { texts: { 'f/a': text }, scalars: {} }, changedAt)
  const shown = () => {
    list.publish()
    return list.documents.value[0]?.plain.texts
  }
  const before = list.version()
  list.add([row('ny', 2)])
  list.addRead([row('gammal', 1)], before)
  expect(shown()).toEqual({ 'f/a': 'ny' })
  list.replace([], before)
  expect(shown()).toEqual({ 'f/a': 'ny' })
  // The clock is set back: what is newer is newer all the same.
  list.addRead([row('nyast', 1)], list.version())
  expect(shown()).toEqual({ 'f/a': 'nyast' })
  list.add([row('aller nyast', 0)])
  expect(shown()).toEqual({ 'f/a': 'aller nyast' })
  list.replace([], list.version())
  expect(shown()).toBeUndefined()
})
