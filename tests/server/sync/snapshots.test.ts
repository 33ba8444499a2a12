import { expect, test } from 'vitest'
import type { Database } from '../../../src/server/store/schema.ts'
import { limits } from '../../../src/shared/protocol/frames.ts'
import { eachStore } from '../stores.ts'
import { signIn } from '../test-app.ts'
import { codes, own, push, sync, texts } from './sync-client.ts'

/** Moves a document's updates up to `seq` into a snapshot, as a compaction does; its bytes are a word. */
const compact = (db: Database, doc: string, seq: number, snapshot: string): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('update')
      .selectAll()
      .where('doc', '=', doc)
      .where('seq', '<=', seq)
      .execute()
    await tx.insertInto('archive').values(rows).execute()
    await tx.deleteFrom('update').where('doc', '=', doc).where('seq', '<=', seq).execute()
    const bytes = new TextEncoder().encode(snapshot)
    const values = { snapshot: bytes, snapshot_seq: rows.at(-1)?.seq ?? 0, size: bytes.length }
    await tx
      .insertInto('document')
      .values({ scope: own, doc, ...values })
      .onConflict((conflict) => conflict.columns(['scope', 'doc']).doUpdateSet(values))
      .execute()
  })

eachStore(({ testApp }) => {
  /** Numbers 1 to 6, turn about in two documents. */
  const sixUpdates = async () => {
    const server = await testApp()
    const cookie = await signIn(server.app)
    const docs = [`${own}/a`, `${own}/b`]
    const pushes = [1, 2, 3, 4, 5, 6].map((n) => push(docs[(n + 1) % 2] ?? '', `nr ${n}`))
    const { epoch } = await sync(server.app, cookie, { id: own, pushes })
    return { ...server, cookie, epoch }
  }

  test('a snapshot stands in the stream at the number of its newest update', async () => {
    const { app, db, cookie } = await sixUpdates()
    await compact(db, `${own}/a`, 6, 'a til og med 5')
    const { items, cursor, head, more } = await sync(app, cookie, { id: own })
    expect(items.map(({ doc, seq, kind }) => [doc, seq, kind])).toEqual([
      [`${own}/b`, 2, 'update'],
      [`${own}/b`, 4, 'update'],
      [`${own}/a`, 5, 'snapshot'],
      [`${own}/b`, 6, 'update'],
    ])
    expect(texts(items)).toEqual(['nr 2', 'nr 4', 'a til og med 5', 'nr 6'])
    expect({ cursor, head, more }).toEqual({ cursor: 6, head: 6, more: false })
  })

  test('a snapshot and what was written after it come both', async () => {
    const { app, db, cookie } = await sixUpdates()
    await compact(db, `${own}/a`, 3, 'a til og med 3')
    const { items } = await sync(app, cookie, { id: own })
    expect(items.map((item) => item.seq)).toEqual([2, 3, 4, 5, 6])
    expect(texts(items)[1]).toBe('a til og med 3')
  })

  test('a device in the middle gets the snapshots that hold something newer, and no other', async () => {
    const { app, db, cookie, epoch } = await sixUpdates()
    await compact(db, `${own}/a`, 5, 'a til og med 5')
    await compact(db, `${own}/b`, 4, 'b til og med 4')
    const pull = async (cursor: number) =>
      (await sync(app, cookie, { id: own, epoch, cursor })).items
    expect(texts(await pull(3))).toEqual(['b til og med 4', 'a til og med 5', 'nr 6'])
    expect(texts(await pull(4))).toEqual(['a til og med 5', 'nr 6'])
    expect(texts(await pull(5))).toEqual(['nr 6'])
    expect(await pull(6)).toEqual([])
  })

  test('everything in snapshots, the newest number too: the cursor comes to the head', async () => {
    const { app, db, cookie } = await sixUpdates()
    await compact(db, `${own}/a`, 5, 'a')
    await compact(db, `${own}/b`, 6, 'b')
    const answer = await sync(app, cookie, { id: own })
    expect(texts(answer.items)).toEqual(['a', 'b'])
    expect(answer).toMatchObject({ cursor: 6, more: false })
  })

  test.for([1, 5, 20, 30])(
    'a budget of %i bytes cuts between updates and snapshots',
    async (budget) => {
      const { app, db, cookie, epoch } = await sixUpdates()
      await compact(db, `${own}/a`, 5, 'a til og med 5')
      const seen: number[] = []
      let cursor = 0
      for (let more = true; more; ) {
        const answer = await sync(app, cookie, { id: own, epoch, cursor }, budget)
        expect(answer.cursor).toBeGreaterThan(cursor)
        seen.push(...answer.items.map((item) => item.seq))
        ;({ cursor, more } = answer)
      }
      expect(seen).toEqual([2, 4, 5, 6])
    },
  )

  test('an archived update pushed again is known, and nothing is stored', async () => {
    const { app, db, cookie, epoch } = await sixUpdates()
    await compact(db, `${own}/a`, 5, 'a til og med 5')
    const pushes = [push(`${own}/a`, 'nr 3')]
    const answer = await sync(app, cookie, { id: own, epoch, cursor: 6, pushes })
    expect(answer).toMatchObject({ acks: ['accepted'], head: 6, cursor: 6, items: [] })
  })

  test('a snapshot that holds what is pushed again comes all the same', async () => {
    const { app, db, cookie, epoch } = await sixUpdates()
    await compact(db, `${own}/a`, 5, 'a til og med 5')
    const pushes = [push(`${own}/a`, 'nr 5')]
    const answer = await sync(app, cookie, { id: own, epoch, cursor: 4, pushes })
    expect(texts(answer.items)).toEqual(['a til og med 5', 'nr 6'])
  })

  test('a document is as large as its snapshot and what is not in it yet', async () => {
    const { app, db, cookie } = await sixUpdates()
    await compact(db, `${own}/a`, 5, 'a')
    await db
      .updateTable('document')
      .set({ size: limits.documentBytes - 10 })
      .execute()
    await db.updateTable('archive').set({ size: limits.documentBytes }).execute()
    const pushes = ['12345', '123456', '12345'].map((text, n) => push(`${own}/a`, text + (n || '')))
    expect(codes(await sync(app, cookie, { id: own, pushes }))).toEqual([
      'accepted',
      'too-large',
      'too-large',
    ])
  })
})
