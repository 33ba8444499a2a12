import { expect, test } from 'vitest'
import { documentStore } from '../../../src/server/store/document-store.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { compactDocument } from '../../../src/server/words/compact.ts'
import { readHeld } from '../../../src/server/words/held.ts'
import { restoreMembership, revokeMembership } from '../../../src/server/words/membership.ts'
import { plainOfUpdates } from '../../../src/shared/words/document.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'
import { eachStore } from '../stores.ts'
import { createWriter, group, otherGroup, own, person, tablet, worldOf } from './words-world.ts'

const ownWords = async (store: Store, task: string): Promise<PlainDocument> =>
  plainOfUpdates((await documentStore.parts(store.db, own, `${own}/${task}`)).bytes)

const allUpdates = async (store: Store) =>
  store.db.selectFrom('update').selectAll().orderBy('scope').orderBy('seq').execute()

eachStore(({ newStore }) => {
  test('who is put out pulls nothing more, and what they push is held for them alone', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    mine.write('visjon', 'medan eg var med')
    await mine.sync()
    expect(await revokeMembership(world, group, person)).toBe(true)
    theirs.write('visjon', 'etterpå')
    await theirs.sync()
    mine.write('visjon', 'medan eg var med, og etterpå')
    const update = mine.outbox.at(-1)?.update ?? new Uint8Array()
    expect(await mine.sync()).toMatchObject({ status: 'left', acks: ['held'], items: [] })

    await theirs.sync()
    expect(theirs.plain('visjon').texts).toEqual({
      'f/visjon/mine': 'medan eg var med',
      'f/visjon/theirs': 'etterpå',
    })
    expect(await readHeld(world, person)).toEqual({
      held: [
        {
          scope: group,
          doc: `${group}/visjon`,
          writtenAt: world.clock.now,
          update: Buffer.from(update).toString('base64'),
        },
      ],
      next: null,
    })
    expect(await readHeld(world, tablet)).toEqual({ held: [], next: null })
    expect(await store.db.selectFrom('former_member').selectAll().execute()).toEqual([
      { scope: group, person, left_seq: 1, left_at: world.clock.now },
    ])
  })

  test('own blocks come along into the own scope, others do not', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const phone = createWriter(world, person, 'phone')
    const laptop = createWriter(world, person, 'laptop')
    const theirs = createWriter(world, tablet, 'theirs')
    phone.label('visjon', { label: 'Kommunedirektør, Stord' })
    phone.write('visjon', 'frå telefonen')
    phone.set('visjon', [
      ['val/phone', 'a'],
      ['felles.agreed', 'alle'],
      ['rad/r1/order', 'i'],
    ])
    phone.write('visjon', 'celle', 'tabell/r1/kva')
    phone.set('visjon', [['tabell/r1/order', 'k']])
    await phone.sync()
    await compactDocument(store, group, `${group}/visjon`)
    laptop.write('visjon', 'frå pc-en')
    laptop.write('anna', 'i eit anna dokument')
    theirs.write('visjon', 'ikkje mitt')
    theirs.set('visjon', [['val/theirs', 'b']])
    for (const writer of [laptop, theirs]) await writer.sync()
    await revokeMembership(world, group, person)

    expect(await ownWords(store, 'visjon')).toEqual({
      texts: {
        'f/visjon/phone': 'frå telefonen',
        'f/visjon/laptop': 'frå pc-en',
        'f/tabell/r1/kva/phone': 'celle',
      },
      scalars: {
        'block/phone': phone.plain('visjon').scalars['block/phone'],
        'val/phone': 'a',
        'tabell/r1/order': 'k',
      },
    })
    expect((await ownWords(store, 'anna')).texts).toEqual({
      'f/visjon/laptop': 'i eit anna dokument',
    })
    // They come to the person's devices like any update.
    const reader = createWriter(world, person, 'phone', own)
    await reader.sync()
    expect(reader.plain('anna').texts).toEqual({ 'f/visjon/laptop': 'i eit anna dokument' })
  })

  test('own blocks that somebody else has given back come along too', async () => {
    const store = await newStore()
    const world = await worldOf(store)
    const { name } = await store.db
      .selectFrom('person')
      .select('name')
      .where('id', '=', person)
      .executeTakeFirstOrThrow()
    const phone = createWriter(world, person, 'phone')
    const laptop = createWriter(world, person, 'laptop')
    const theirs = createWriter(world, tablet, 'theirs')
    phone.label('visjon', { label: name })
    phone.write('visjon', 'frå telefonen')
    laptop.write('plan', 'frå pc-en')
    theirs.label('visjon', { label: name }) // by whoever writes it: a name says less than a device
    theirs.write('visjon', 'ikkje mitt')
    theirs.write('plan', 'ikkje mitt')
    theirs.outbox.push(...phone.outbox, ...laptop.outbox)
    await theirs.sync()
    const mine = createWriter(world, person, 'laptop', own)
    mine.write('note', 'mitt')
    await mine.sync()
    await revokeMembership(world, group, person)
    expect((await ownWords(store, 'visjon')).texts).toEqual({ 'f/visjon/phone': 'frå telefonen' })
    expect((await ownWords(store, 'plan')).texts).toEqual({ 'f/visjon/laptop': 'frå pc-en' })
  })

  test('revoking twice, or once more after a return, copies nothing twice', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    mine.write('visjon', 'fyrste setning')
    await mine.sync()
    await revokeMembership(world, group, person)
    const once = await allUpdates(store)
    expect(await revokeMembership(world, group, person)).toBe(false)
    expect(await allUpdates(store)).toEqual(once)

    await restoreMembership(world, group, person)
    await revokeMembership(world, group, person)
    expect(await allUpdates(store)).toEqual(once)
    await restoreMembership(world, group, person)
    mine.write('visjon', 'fyrste setning, andre setning')
    await mine.sync()
    await revokeMembership(world, group, person)
    expect((await ownWords(store, 'visjon')).texts).toEqual({
      'f/visjon/mine': 'fyrste setning, andre setning',
    })
  })

  test('two groups in which one device wrote the same task lose no word of each other', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    await restoreMembership(world, otherGroup, person)
    const [here, there] = [group, otherGroup].map((scope) =>
      createWriter(world, person, 'mine', scope),
    )
    here?.write('visjon', 'Stord')
    there?.write('visjon', 'Sunnfjord')
    for (const writer of [here, there]) await writer?.sync()
    for (const scope of [group, otherGroup, group]) await revokeMembership(world, scope, person)
    expect((await ownWords(store, 'visjon')).texts).toEqual({
      'f/visjon/mine': 'Stord\n\nSunnfjord',
    })
  })

  test('a group tablet has no scope of its own: nothing is copied', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const theirs = createWriter(world, tablet, 'theirs')
    theirs.write('visjon', 'gruppa')
    await theirs.sync()
    const before = await allUpdates(store)
    expect(await revokeMembership(world, group, tablet)).toBe(true)
    expect(await allUpdates(store)).toEqual(before)
  })

  test('somebody who never was a member cannot be put out', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    expect(await revokeMembership(world, otherGroup, person)).toBe(false)
    expect(await store.db.selectFrom('former_member').selectAll().execute()).toEqual([])
  })

  test('held words enter the group when membership returns, in the order they came', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    mine.write('visjon', 'ein')
    await mine.sync()
    await revokeMembership(world, group, person)
    for (const text of ['ein to', 'ein to tre']) {
      world.clock.now += 1000
      mine.write('visjon', text)
      expect((await mine.sync()).acks).toEqual(['held'])
    }
    theirs.write('visjon', 'imens')
    await theirs.sync()
    await restoreMembership(world, group, person)

    const rows = await store.db
      .selectFrom('update')
      .select(['seq', 'person', 'written_at'])
      .where('scope', '=', group)
      .orderBy('seq')
      .execute()
    expect(rows.map(({ seq, person: who }) => [seq, who])).toEqual([
      [1, person],
      [2, tablet],
      [3, person],
      [4, person],
    ])
    expect(rows[3]?.written_at).toBeGreaterThan(rows[2]?.written_at ?? 0)
    expect(await readHeld(world, person)).toEqual({ held: [], next: null })
    await theirs.sync()
    expect(theirs.plain('visjon').texts).toEqual({
      'f/visjon/mine': 'ein to tre',
      'f/visjon/theirs': 'imens',
    })
    expect((await mine.sync()).status).toBe('ok')
    expect(mine.plain('visjon')).toEqual(theirs.plain('visjon'))
  })

  test('held words that somebody else has brought meanwhile enter once', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    await mine.sync()
    await revokeMembership(world, group, person)
    mine.write('visjon', 'berga')
    theirs.outbox.push(...mine.outbox)
    await mine.sync()
    await theirs.sync()
    await restoreMembership(world, group, person)
    expect(await documentStore.scope(store.db, group)).toMatchObject({ head: 1 })
    expect(await readHeld(world, person)).toEqual({ held: [], next: null })
  })

  test('pushes that race with being put out and let in are accepted or held, none lost', async () => {
    const store = await newStore()

    const world = await worldOf(store)
    const mine = createWriter(world, person, 'mine')
    const theirs = createWriter(world, tablet, 'theirs')
    const codes: string[] = []
    const words: string[] = []
    for (let round = 0; round < 6; round++) {
      const pushing = Array.from({ length: 4 }, async (_, n) => {
        words.push(`ord ${round}.${n}`)
        mine.write(`${round}-${n}`, `ord ${round}.${n}`)
        codes.push(...(await mine.sync()).acks)
      })
      const change = round % 2 === 0 ? revokeMembership : restoreMembership
      await Promise.all([...pushing, change(world, group, person), theirs.sync()])
    }
    await restoreMembership(world, group, person)
    expect(codes).toHaveLength(24)
    await theirs.sync()
    const found = words.filter((text, index) => {
      const task = `${Math.floor(index / 4)}-${index % 4}`
      return theirs.plain(task).texts['f/visjon/mine'] === text
    })
    expect(found).toEqual(words)
    const { head } = (await documentStore.scope(store.db, group)) ?? { head: 0 }
    const rows = await allUpdates(store)
    const seqs = rows.filter(({ scope }) => scope === group).map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: head }, (_, index) => index + 1))
  })
})
