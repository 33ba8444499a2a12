import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documentStore } from '../../../src/server/store/document-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { handedInVersion } from '../../../src/server/words/handed-in.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import { handingsInOf, namesIn } from '../../../src/server/words/names-in-labels.ts'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import {
  createDocument,
  onLocalUpdate,
  plainOfUpdates,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { encodeHandingIn, handedInKey, handingInOf } from '../../../src/shared/words/handing-in.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { testStore } from '../test-app.ts'
import { filesWith } from './database-files.ts'
import { createWriter, group, person, tablet, worldOf } from './words-world.ts'

const doc = `${group}/visjon`
const name = 'Åse "Kari" Ærleg 🙂'
const handedInBy = (id: string, label: string) => encodeHandingIn({ id, at: 7, label, words: 'f3' })
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const inJson = JSON.stringify(name).slice(1, -1)

const written = () => {
  const document = createDocument()
  const updates: Uint8Array[] = []
  onLocalUpdate(document, (update) => updates.push(update))
  return { document, updates }
}

test('a name is overwritten as long as it was, and everything else is read as before', () => {
  const { document, updates } = written()
  writeText(document, 'f/visjon/mine', 'ord')
  writeScalars(document, [
    [blockLabelKey('mine'), encodeBlockLabel({ label: name, role: null, at: 5 })],
    [blockLabelKey('theirs'), encodeBlockLabel({ label: 'Ola', role: null, at: 6 })],
  ])
  for (const [id, label] of [
    ['a', name],
    ['b', 'eit namn frå før'],
    ['c', 'Ola'],
    ['d', name],
  ] as const) {
    writeScalars(document, [[handedInKey, handedInBy(id, label)]])
  }
  const all = [...updates, wholeState(document)]
  expect(all.flatMap(handingsInOf)).toEqual(['a', 'b', 'c', 'd', 'd'])

  const names = namesIn(updates, { devices: ['mine'], others: [], name, handedIn: new Set(['b']) })
  const without = all.map((bytes) => names.withoutNames(bytes) ?? bytes)
  for (const [index, bytes] of without.entries()) {
    expect(bytes).toHaveLength(all[index]?.length ?? 0)
    expect(textOf(bytes)).not.toContain(inJson)
    expect(textOf(bytes)).not.toContain('eit namn frå før')
    expect(names.withoutNames(bytes)).toBeNull()
  }
  expect(without.flatMap(handingsInOf)).toEqual(all.flatMap(handingsInOf))
  expect(without.map(textOf).join()).toContain('"label":"Ola"')
  // Equally many bytes, however many characters.
  expect(textOf(without.at(-1) ?? new Uint8Array())).toContain(
    `"label":"${'-'.repeat(Buffer.byteLength(inJson))}"`,
  )

  const plain = plainOfUpdates([...without.slice(0, -1), ...names.updates])
  expect(plain.texts).toEqual({ 'f/visjon/mine': 'ord' })
  expect(plain.scalars).toEqual({
    [blockLabelKey('mine')]: encodeBlockLabel({ label: '-', role: null, at: 5 }),
    [blockLabelKey('theirs')]: encodeBlockLabel({ label: 'Ola', role: null, at: 6 }),
    [handedInKey]: handedInBy('d', '-'),
  })
})

test('what somebody else has handed in keeps its name', () => {
  const { document, updates } = written()
  writeScalars(document, [[handedInKey, handedInBy('a', 'Ola')]])
  for (const named of [name, '']) {
    const names = namesIn(updates, {
      devices: ['mine'],
      others: [],
      name: named,
      handedIn: new Set(['b']),
    })
    expect(names.updates).toEqual([])
    expect(updates.map(names.withoutNames)).toEqual([null])
  }
})

eachStore(({ kind, newStore }) => {
  test('who handed in is forgotten in every byte, and what is handed in stays the same', async () => {
    const file = join(temporaryFolder(), 'loft.sqlite')
    const store = kind === 'sqlite' ? await testStore(file) : await newStore()
    const world = await worldOf(store)
    await store.db.updateTable('person').set({ name }).where('id', '=', person).execute()
    const deps = { ...world, ledger: openLedger(join(temporaryFolder(), 'erased.ndjson')) }
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    mine.write('visjon', 'utkast')
    mine.set('visjon', [[handedInKey, handedInBy('a', 'Som eg heitte før')]])
    await mine.sync()
    await compactDocument(store, group, doc)
    mine.write('visjon', 'utkast, retta')
    mine.set('visjon', [[handedInKey, handedInBy('b', name)]])
    await mine.sync()
    await theirs.sync()
    theirs.write('visjon', 'seinare ord')
    await theirs.sync()
    const before = await versionOf(store, group, doc)
    expect(before).toMatchObject({ seq: 4, words: { texts: { 'f/visjon/mine': 'utkast, retta' } } })
    for (const known of ['Som eg heitte før', inJson])
      expect(await filesWith(store, known, file)).not.toEqual([])

    await erasePerson(deps, person)
    for (const known of ['Som eg heitte før', inJson])
      expect(await filesWith(store, known, file)).toEqual([])
    const after = await versionOf(store, group, doc)
    expect([after?.seq, after?.words.texts]).toEqual([before?.seq, before?.words.texts])
    // Devices that had the name forget it, and are as the server is.
    await theirs.sync()
    const late = createWriter(world, tablet, 'late')
    await late.sync()
    const { bytes } = await documentStore.parts(store.db, group, doc)
    for (const reader of [theirs, late]) {
      expect(handingInOf(reader.plain('visjon'))).toEqual({
        id: 'b',
        at: 7,
        label: '-',
        words: 'f3',
      })
      expect(reader.plain('visjon')).toEqual(plainOfUpdates(bytes))
    }
    await compactDocument(store, group, doc)
    expect(await versionOf(store, group, doc)).toEqual(after)
  })

  test('a compaction that has read before an erasure brings no name back', async () => {
    const file = join(temporaryFolder(), 'loft.sqlite')
    const store = kind === 'sqlite' ? await testStore(file) : await newStore()
    const world = await worldOf(store)
    await store.db.updateTable('person').set({ name }).where('id', '=', person).execute()
    const deps = { ...world, ledger: openLedger(join(temporaryFolder(), 'erased.ndjson')) }
    const mine = createWriter(world, person, 'mine')
    mine.label('visjon', { label: name })
    mine.write('visjon', 'ord')
    await mine.sync()
    const slow: Store = {
      ...store,
      write: async (work) => {
        await erasePerson(deps, person)
        return store.write(work)
      },
    }
    expect(await compactDocument(slow, group, doc)).toBe('overtaken')
    expect(await filesWith(store, inJson, file)).toEqual([])
    expect(await compactDocument(store, group, doc)).toBe('compacted')
    expect(await filesWith(store, inJson, file)).toEqual([])
  })
})

const versionOf = async (...asked: Parameters<typeof handedInVersion>) => {
  const version = await handedInVersion(...asked)
  if (typeof version === 'string') throw new Error(version)
  return version
}
