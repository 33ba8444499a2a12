import { expect, test } from 'vitest'
import { handleCheck } from '../../../src/server/words/check.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { restoreMembership, revokeMembership } from '../../../src/server/words/membership.ts'
import {
  type CheckAnswer,
  type CheckRequest,
  decodeCheckAnswer,
  encodeCheckRequest,
} from '../../../src/shared/protocol/check-frames.ts'
import { digestOf } from '../../../src/shared/words/compare.ts'
import { mostClients } from '../../../src/shared/words/count-clients.ts'
import { applyUpdates, createDocument, emptyUpdate } from '../../../src/shared/words/document.ts'
import { crowd } from '../../shared/words/crowd.ts'
import { eachStore } from '../stores.ts'
import { testStore } from '../test-app.ts'
import {
  createWriter,
  group,
  person,
  stranger,
  tablet,
  type World,
  worldOf,
} from './words-world.ts'

const ask = async (
  world: World,
  who: string,
  docs: CheckRequest['docs'],
  scope = group,
): Promise<CheckAnswer> =>
  decodeCheckAnswer(scope, await handleCheck(world, who, encodeCheckRequest({ scope, docs })))

const named = (writer: ReturnType<typeof createWriter>, task = 'visjon') => ({
  doc: `${group}/${task}`,
  ...writer.digest(task),
})
const hex = (bytes?: Uint8Array) => Buffer.from(bytes ?? []).toString('hex')
const texts = (...updates: Uint8Array[]) => {
  const doc = createDocument(updates)
  const text = doc.getText('f/visjon/mine').toString()
  doc.destroy()
  return text
}

eachStore(({ newStore }) => {
  test('equal copies are not sent; one that lacks something gets it', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'ein')
    mine.write('anna', 'likt')
    await mine.sync()
    const old = named(mine)
    const oldState = mine.state('visjon')
    mine.write('visjon', 'ein to')
    await mine.sync()
    expect(await ask(world, person, [named(mine), named(mine, 'anna')])).toEqual({
      status: 'ok',
      epoch: 1,
      head: 3,
      answered: 2,
      docs: [],
    })
    await compactDocument(store, group, `${group}/visjon`)
    const { docs } = await ask(world, person, [named(mine), old])
    expect(docs.map(({ doc }) => doc)).toEqual([`${group}/visjon`])
    expect(texts(oldState, docs[0]?.update ?? new Uint8Array())).toBe('ein to')
  })

  test('a deletion that the state vector does not show is found by the hash', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'bort med dette')
    await mine.sync()
    const before = mine.state('visjon')
    const stale = named(mine)
    mine.write('visjon', '')
    const fresh = named(mine)
    expect(fresh.stateVector).toEqual(stale.stateVector)
    await mine.sync()
    const { docs } = await ask(world, person, [stale])
    expect(texts(before, docs[0]?.update ?? new Uint8Array())).toBe('')
  })

  test('what the server has forgotten shows, and can be given back', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'ein')
    await mine.sync()
    mine.write('visjon', 'ein to')
    await mine.sync()
    await store.db.deleteFrom('update').where('seq', '=', 2).execute()
    mine.write('berre-her', 'ny')
    const { docs } = await ask(world, person, [named(mine), named(mine, 'berre-her')])
    expect(docs).toHaveLength(2)
    const empty = digestOf(createDocument())
    expect(docs[1]?.doc).toBe(`${group}/berre-her`)
    expect([docs[1]?.stateVector, docs[1]?.hash].map(hex)).toEqual(
      [empty.stateVector, empty.hash].map(hex),
    )
    expect(docs[0]?.stateVector).not.toEqual(named(mine).stateVector)
  })

  test('an answer is cut at its budget and says how far it came', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const tasks = Array.from({ length: 9 }, (_, n) => `oppgave-${n}`)
    for (const task of tasks) {
      mine.write(task, `${task} `.repeat(20_000))
      await mine.sync()
    }
    const empty = digestOf(createDocument())
    let rest = tasks.map((task) => ({ doc: `${group}/${task}`, ...empty }))
    const answered: number[] = []
    while (rest.length > 0) {
      const answer = await ask(world, person, rest)
      expect(answer.docs).toHaveLength(answer.answered)
      answered.push(answer.answered)
      rest = rest.slice(answer.answered)
    }
    expect(answered).toEqual([6, 3])
  })

  test('who may not read the scope is told no more than by sync', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'ein')
    await mine.sync()
    const nothing = { epoch: 0, head: 0, answered: 0, docs: [] }
    const docs = [named(createWriter(world, tablet, 'x'))]
    expect(await ask(world, stranger, docs)).toEqual({ ...nothing, status: 'unknown' })
    await revokeMembership(world, group, person)
    expect(await ask(world, person, [])).toEqual({ ...nothing, status: 'left', epoch: 1 })
    await store.db.updateTable('scope').set({ status: 'gone' }).execute()
    expect(await ask(world, tablet, docs)).toEqual({ ...nothing, status: 'gone' })
  })

  test('who has left is compared with what they could read then and what is held of theirs', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const [mine, theirs] = [
      createWriter(world, person, 'mine'),
      createWriter(world, tablet, 'theirs'),
    ]
    mine.write('visjon', 'ein')
    await mine.sync()
    await theirs.sync()
    await revokeMembership(world, group, person)
    theirs.write('visjon', 'etterpå')
    theirs.write('anna', 'etterpå')
    await theirs.sync()
    await compactDocument(store, group, `${group}/visjon`)
    const same = { status: 'left', epoch: 1, head: 0, answered: 1, docs: [] }
    expect(await ask(world, person, [named(mine)])).toEqual(same)
    mine.write('visjon', 'ein to')
    expect((await mine.sync()).acks).toEqual(['held'])
    expect(await ask(world, person, [named(mine)])).toEqual(same)

    // Of what is lacking the device hears where the server stands, and of what it never saw nothing at all.
    await store.db.deleteFrom('held').execute()
    const copy = createWriter(world, tablet, 'copy')
    const { docs } = await ask(world, person, [named(mine), named(copy), named(copy, 'anna')])
    expect(docs.map(({ doc }) => doc)).toEqual([`${group}/visjon`, `${group}/visjon`])
    for (const { update, stateVector } of docs) {
      expect(update).toEqual(emptyUpdate)
      expect(stateVector).not.toEqual(named(theirs).stateVector)
    }
    const empty = createDocument()
    applyUpdates(empty, [emptyUpdate])
    expect(digestOf(empty)).toEqual(digestOf(createDocument()))
  })

  test('who is let in again while the answer is made asks once more', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const docs = Array.from({ length: 500 }, () => named(createWriter(world, person, 'x')))
    await revokeMembership(world, group, person)
    const asking = ask(world, person, docs)
    await restoreMembership(world, group, person)
    expect(await asking).toMatchObject({ status: 'ok', answered: 0, docs: [] })
  })

  test('who leaves while the answer is made gets nothing of it', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'ein')
    await mine.sync()
    // So many that they take longer than the leaving.
    const docs = Array.from({ length: 500 }, () => named(createWriter(world, person, 'x')))
    const asking = ask(world, person, docs)
    await revokeMembership(world, group, person)
    const { status, docs: given } = await asking
    expect(status).toBe('left')
    // Where the leaving came first they are compared with what they could read then; no words come with it.
    expect(given.filter(({ update }) => update.length > emptyUpdate.length)).toEqual([])
  })

  test('frames that are cut, of another version or with a broken state vector are refused', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const digest = digestOf(createDocument())
    const doc = `${group}/visjon`
    const frame = encodeCheckRequest({ scope: group, docs: [{ doc, ...digest }] })
    const refusal = (code: string) => expect.objectContaining({ code })
    const send = (bytes: Uint8Array) => handleCheck(world, person, bytes)
    await expect(send(frame.subarray(0, 20))).rejects.toEqual(refusal('bad-request'))
    await expect(send(frame.with(2, 99))).rejects.toEqual(refusal('unknown-version'))
    await expect(send(new Uint8Array(2_000_000))).rejects.toEqual(refusal('too-large'))
    const broken = { doc, ...digest, stateVector: new Uint8Array([200, 200]) }
    await expect(ask(world, person, [broken])).rejects.toEqual(refusal('bad-request'))
    const nul = { ...digest, doc: `${group}/\u0000` }
    await expect(ask(world, person, [nul])).rejects.toEqual(refusal('bad-request'))
  })
})

test('an answer looks at a thousand documents at most, whether they are there or not', async () => {
  const world = await worldOf(await testStore())
  const nobody = digestOf(createDocument())
  const docs = Array.from({ length: 1001 }, (_, n) => ({ doc: `${group}/${n}`, ...nobody }))
  expect(await ask(world, person, docs)).toMatchObject({ status: 'ok', answered: 1000, docs: [] })
})

test('a document that would take too long to build is called equal, and the others are compared', async () => {
  const store = await testStore()
  const world = await worldOf(store)
  const mine = createWriter(world, person, 'mine')
  mine.write('visjon', 'ein')
  for (const update of [crowd(1, mostClients), crowd(mostClients + 1, 1)])
    mine.outbox.push({ doc: `${group}/trengsel`, writtenAt: 0, update })
  await mine.sync()
  const nobody = digestOf(createDocument())
  const docs = ['trengsel', 'visjon'].map((task) => ({ doc: `${group}/${task}`, ...nobody }))
  const answer = await ask(world, person, docs)
  expect(answer.answered).toBe(2)
  expect(answer.docs.map(({ doc }) => doc)).toEqual([`${group}/visjon`])
})
