import { expect, test } from 'vitest'
import type { Database } from '../../../src/server/store/schema.ts'
import { limits } from '../../../src/shared/protocol/frames.ts'
import { eachStore } from '../stores.ts'
import { signIn } from '../test-app.ts'
import { codes, group, own, push, sync, texts } from './sync-client.ts'

const leader = 'deltakar-stord'

const putOut = async (db: Database, person = leader, scope = group): Promise<void> => {
  await db
    .deleteFrom('membership')
    .where('scope', '=', scope)
    .where('person', '=', person)
    .execute()
  const row = { scope, person, left_seq: 1, left_at: 1 }
  await db.insertInto('former_member').values(row).execute()
}
const letIn = async (db: Database, person = leader, scope = group): Promise<void> => {
  await db.deleteFrom('former_member').where('person', '=', person).execute()
  await db.insertInto('membership').values({ scope, person }).execute()
}
const heldTexts = async (db: Database): Promise<string[]> => {
  const rows = await db.selectFrom('held').selectAll().execute()
  return rows.map(({ person, bytes }) => `${person}: ${new TextDecoder().decode(bytes)}`).sort()
}
const erase = (db: Database, scope: string) =>
  db.updateTable('scope').set({ status: 'gone' }).where('id', '=', scope).execute()

eachStore(({ testApp }) => {
  const groupOfTwo = async () => {
    const server = await testApp()
    const mine = await signIn(server.app, 'demo-deltakar-stord')
    const tablet = await signIn(server.app, 'demo-gruppe-stord')
    const { epoch } = await sync(server.app, mine, {
      id: group,
      pushes: [push(`${group}/plan`, 'vårt')],
    })
    return { ...server, mine, tablet, epoch }
  }

  test('who has left pulls nothing, and is told nothing of what goes on there but the epoch', async () => {
    const { app, db, mine, tablet, epoch } = await groupOfTwo()
    await putOut(db)
    await sync(app, tablet, { id: group, pushes: [push(`${group}/plan`, 'etterpå')] })
    for (const at of [
      { epoch, cursor: 2 },
      { epoch, cursor: 1 },
      { epoch, cursor: 0 },
      { epoch: 0, cursor: 0 },
    ]) {
      expect(await sync(app, mine, { id: group, ...at })).toEqual({
        id: group,
        status: 'left',
        epoch,
        head: at.cursor,
        cursor: at.cursor,
        more: false,
        listening: 0,
        acks: [],
        items: [],
      })
    }
  })

  test('what somebody pushes after leaving is held for them alone', async () => {
    const { app, db, mine, tablet } = await groupOfTwo()
    await putOut(db)
    const pushes = [push(`${group}/plan`, 'skrive på toget'), push(`${group}/mål`, 'og dette')]
    const answer = await sync(app, mine, { id: group, pushes })
    expect(answer).toMatchObject({ status: 'left', acks: ['held', 'held'], items: [] })
    expect(await heldTexts(db)).toEqual([`${leader}: og dette`, `${leader}: skrive på toget`])
    const seen = await sync(app, tablet, { id: group })
    expect(texts(seen.items)).toEqual(['vårt'])
    expect(seen.head).toBe(1)
  })

  test('held words pushed again are acknowledged again and held once', async () => {
    const { app, db, mine } = await groupOfTwo()
    await putOut(db)
    const pushed = push(`${group}/plan`, 'same')
    await sync(app, mine, { id: group, pushes: [pushed, pushed] })
    const again = await sync(app, mine, { id: group, pushes: [pushed] })
    expect(again.acks).toEqual(['held'])
    expect(await heldTexts(db)).toHaveLength(1)
  })

  test('words that were accepted before their author left stay accepted', async () => {
    const { app, db, mine } = await groupOfTwo()
    await putOut(db)
    const answer = await sync(app, mine, { id: group, pushes: [push(`${group}/plan`, 'vårt')] })
    expect(answer).toMatchObject({ status: 'left', acks: ['accepted'], items: [] })
    expect(await heldTexts(db)).toEqual([])
  })

  test('what is held has the limits of a document, and refuses the same', async () => {
    const { app, db, mine } = await groupOfTwo()
    await putOut(db)
    const large = push(`${group}/plan`, new Uint8Array(limits.updateBytes + 1))
    const pushes = [large, push(`${group}/`, 'ord'), push(`${group}/plan`, 'ord')]
    expect(codes(await sync(app, mine, { id: group, pushes }))).toEqual([
      'too-large',
      'refused',
      'held',
    ])
    await db.updateTable('held').set({ size: limits.documentBytes }).execute()
    const more = [push(`${group}/plan`, 'meir'), push(`${group}/anna`, 'meir')]
    expect(codes(await sync(app, mine, { id: group, pushes: more }))).toEqual(['too-large', 'held'])
  })

  test('somebody who comes back pushes and pulls as before, the held words too', async () => {
    const { app, db, mine, tablet } = await groupOfTwo()
    await putOut(db)
    const pushed = push(`${group}/plan`, 'mellombels')
    await sync(app, mine, { id: group, pushes: [pushed] })
    await letIn(db)
    expect((await sync(app, mine, { id: group, pushes: [pushed] })).acks).toEqual(['accepted'])
    expect(texts((await sync(app, tablet, { id: group })).items)).toEqual(['vårt', 'mellombels'])
  })

  test('who never belonged to a scope is refused, whoever else has left it', async () => {
    const { app, db } = await groupOfTwo()
    await putOut(db)
    const stranger = await signIn(app, 'demo-deltakar-sunnfjord')
    const pushes = [push(`${group}/plan`, 'innbrot')]
    expect(await sync(app, stranger, { id: group, pushes })).toMatchObject({
      status: 'unknown',
      acks: [],
    })
    expect(await heldTexts(db)).toEqual([])
  })

  test('an erased scope is gone for members and former members, and takes nothing', async () => {
    const { app, db, mine, tablet } = await groupOfTwo()
    await putOut(db)
    await erase(db, group)
    for (const cookie of [mine, tablet]) {
      for (const pushes of [[], [push(`${group}/plan`, 'meir')]]) {
        const answer = await sync(app, cookie, { id: group, pushes })
        expect(answer).toMatchObject({ status: 'gone', epoch: 0, head: 0, acks: [], items: [] })
      }
    }
    expect(await heldTexts(db)).toEqual([])
    const stranger = await signIn(app, 'demo-deltakar-sunnfjord')
    expect((await sync(app, stranger, { id: group })).status).toBe('unknown')
  })

  test('a scope gets its epoch when first asked for, and keeps it when first written', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const { epoch } = await sync(app, cookie, { id: own })
    expect(epoch).toBeGreaterThan(0)
    const written = await sync(app, cookie, { id: own, epoch, pushes: [push(`${own}/a`, 'ord')] })
    expect(written).toMatchObject({ epoch, head: 1, cursor: 1 })
  })

  test('a stranger makes no scope', async () => {
    const { app, db } = await testApp()
    const stranger = await signIn(app, 'demo-deltakar-sunnfjord')
    for (const pushes of [[], [push(`${own}/a`, 'ord')]])
      await sync(app, stranger, { id: own, pushes })
    expect(await db.selectFrom('scope').selectAll().execute()).toEqual([])
  })
})
