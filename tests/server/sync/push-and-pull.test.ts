import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { limits } from '../../../src/shared/protocol/frames.ts'
import { principalHeader } from '../../../src/shared/protocol/paths.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { signIn, testApp as testAppOn, testStore } from '../test-app.ts'
import { codes, frame, group, own, post, push, sync, syncAll, texts } from './sync-client.ts'

test('an acknowledged update is committed: another connection reads it from the file', async () => {
  const file = join(temporaryFolder(), 'loft.sqlite')
  const { app } = await testAppOn({ store: await testStore(file) })
  const cookie = await signIn(app)
  await sync(app, cookie, { id: own, pushes: [push(`${own}/visjon`, 'ord')] })

  const other = new DatabaseSync(file, { readOnly: true })
  const rows = other.prepare('select seq, doc, device from "update"').all()
  other.close()
  expect(rows).toEqual([{ seq: 1, doc: `${own}/visjon`, device: 'a-device' }])
})

eachStore(({ testApp }) => {
  test('what one device pushes, another device of the same person pulls', async () => {
    const { app } = await testApp()
    const tablet = await signIn(app)
    const phone = await signIn(app)
    const pushed = push(`${own}/visjon`, 'Eg tenkjer på ferja 🚢')

    const answer = await sync(app, tablet, { id: own, pushes: [pushed] })
    expect(answer.acks).toEqual(['accepted'])

    const pulled = await sync(app, phone, { id: own })
    expect(pulled).toMatchObject({
      id: own,
      status: 'ok',
      head: 1,
      cursor: 1,
      more: false,
      acks: [],
    })
    expect(pulled.items).toEqual([
      { doc: pushed.doc, seq: 1, kind: 'update', update: pushed.update },
    ])
  })

  test('an update that the database cannot take is not acknowledged and raises no head', async () => {
    const { app, db } = await testApp()
    const cookie = await signIn(app)
    await sync(app, cookie, { id: own, pushes: [push(`${own}/visjon`, 'det fyrste')] })
    await db.schema.createIndex('full').on('update').column('device').unique().execute()
    onTestFinished(() => db.schema.dropIndex('full').execute())

    const pushes = [push(`${own}/visjon`, 'det andre'), push(`${own}/leiing`, 'det tredje')]
    const response = await post(app, cookie, frame([{ id: own, pushes }]))
    expect(response.statusCode).toBe(500)
    expect(response.json()).toMatchObject({ code: 'server-error' })

    const after = await sync(app, cookie, { id: own })
    expect(after.head).toBe(1)
    expect(texts(after.items)).toEqual(['det fyrste'])
  })

  test('the members of a group share its scope', async () => {
    const { app } = await testApp()
    const leader = await signIn(app, 'demo-deltakar-stord')
    const tablet = await signIn(app, 'demo-gruppe-stord')
    await sync(app, leader, { id: group, pushes: [push(`${group}/plan`, 'frå leiaren')] })
    await sync(app, tablet, { id: group, pushes: [push(`${group}/plan`, 'frå nettbrettet')] })

    const pulled = await sync(app, leader, { id: group })
    expect(texts(pulled.items)).toEqual(['frå leiaren', 'frå nettbrettet'])
  })

  test.for([
    ['the scope of another person', own],
    ['the scope of another group', group],
    ['a scope that nobody has', 'g:finst-ikkje'],
    ['an id that is no scope', '../etc/passwd'],
    ['an empty id', ''],
  ])('%s answers as if it were not there, and takes nothing', async ([, id = '']) => {
    const { app } = await testApp()
    const owner = await signIn(app, 'demo-deltakar-stord')
    await syncAll(app, owner, [
      { id: own, pushes: [push(`${own}/visjon`, 'løynt')] },
      { id: group, pushes: [push(`${group}/plan`, 'løynt')] },
    ])
    const stranger = await signIn(app, 'demo-deltakar-sunnfjord')
    const answer = await sync(app, stranger, { id, pushes: [push(`${id}/visjon`, 'innbrot')] })
    expect(answer).toEqual({
      id,
      status: 'unknown',
      epoch: 0,
      head: 0,
      cursor: 0,
      more: false,
      listening: 0,
      acks: [],
      items: [],
    })
    const kept = await syncAll(app, owner, [{ id: own }, { id: group }])
    expect(kept.map((scope) => texts(scope.items))).toEqual([['løynt'], ['løynt']])
  })

  test('a forbidden scope does not hold up the others of the same request', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app, 'demo-deltakar-sunnfjord')
    const mine = 'u:deltakar-sunnfjord:vestland-1'
    const answers = await syncAll(app, cookie, [
      { id: own, pushes: [push(`${own}/visjon`, 'innbrot')] },
      { id: mine, pushes: [push(`${mine}/visjon`, 'mitt eige')] },
    ])
    expect(answers.map((answer) => answer.status)).toEqual(['unknown', 'ok'])
    expect(answers.map(codes)).toEqual([[], ['accepted']])
  })

  test('a scope that is gone says so to its members and takes nothing more', async () => {
    const { app, db } = await testApp()
    const cookie = await signIn(app)
    await sync(app, cookie, { id: own, pushes: [push(`${own}/visjon`, 'ord')] })
    await db.updateTable('scope').set({ status: 'gone' }).where('id', '=', own).execute()
    const answer = await sync(app, cookie, { id: own, pushes: [push(`${own}/visjon`, 'meir')] })
    expect(answer).toMatchObject({ status: 'gone', acks: [], items: [] })
  })

  test('the same update again is acknowledged again and stored once', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const pushed = push(`${own}/visjon`, 'same')
    await sync(app, cookie, { id: own, pushes: [pushed] })
    const again = await sync(app, cookie, { id: own, pushes: [pushed, pushed] })
    expect(again.acks).toEqual(['accepted', 'accepted'])
    expect(again.head).toBe(1)
  })

  test('an update that is twice in one request is stored once', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const pushed = push(`${own}/visjon`, 'same')
    const answer = await sync(app, cookie, { id: own, pushes: [pushed, pushed] })
    expect(codes(answer)).toEqual(['accepted', 'accepted'])
    expect((await sync(app, cookie, { id: own })).items).toHaveLength(1)
  })

  test('the same bytes in two documents are two updates', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const pushes = [push(`${own}/visjon`, 'same'), push(`${own}/leiing`, 'same')]
    const answer = await sync(app, cookie, { id: own, pushes })
    expect(codes(answer)).toEqual(['accepted', 'accepted'])
    expect(answer.head).toBe(2)
  })

  test('a document without a task is refused, the good one beside it is taken', async () => {
    // All that a frame can still say wrongly: the scope stands in it only once.
    const { app } = await testApp()
    const cookie = await signIn(app)
    const pushes = [push(`${own}/`, 'ord'), push(`${own}/visjon`, 'godt'), push(`${own}/\0`, 'ord')]
    const answer = await sync(app, cookie, { id: own, pushes })
    expect(codes(answer)).toEqual(['refused', 'accepted', 'refused'])
    expect(answer.head).toBe(1)
  })

  test('an update without bytes is refused', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const answer = await sync(app, cookie, {
      id: own,
      pushes: [push(`${own}/visjon`, new Uint8Array())],
    })
    expect(codes(answer)).toEqual(['refused'])
  })

  test('an update of the largest size is taken, one byte more is too large', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const largest = push(`${own}/visjon`, new Uint8Array(limits.updateBytes).fill(1))
    const larger = push(`${own}/visjon`, new Uint8Array(limits.updateBytes + 1).fill(2))
    const answer = await sync(app, cookie, { id: own, pushes: [largest, larger] })
    expect(codes(answer)).toEqual(['accepted', 'too-large'])
    expect(answer.head).toBe(1)
  })

  test('a document that is full takes nothing more; another document of the scope does', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const part = limits.updateBytes
    const parts = limits.documentBytes / part
    for (let done = 0; done < parts; done += 2) {
      const pushes = [done, done + 1].map((fill) =>
        push(`${own}/visjon`, new Uint8Array(part).fill(fill)),
      )
      expect(codes(await sync(app, cookie, { id: own, pushes }, 1))).toEqual([
        'accepted',
        'accepted',
      ])
    }
    const pushes = [push(`${own}/visjon`, 'eitt ord til'), push(`${own}/leiing`, 'eit anna')]
    const answer = await sync(app, cookie, { id: own, pushes }, 1)
    expect(codes(answer)).toEqual(['too-large', 'accepted'])
  })

  test('updates of one request are counted together against the size of their document', async () => {
    const { app, db } = await testApp()
    const cookie = await signIn(app)
    await sync(app, cookie, { id: own, pushes: [push(`${own}/visjon`, 'ord')] })
    await sql`update "update" set size = ${limits.documentBytes - 10}`.execute(db)
    const pushes = ['123456', '12345', '1234'].map((text) => push(`${own}/visjon`, text))
    expect(codes(await sync(app, cookie, { id: own, pushes }))).toEqual([
      'accepted',
      'too-large',
      'accepted',
    ])
  })

  test('a request of as many pushes as may be is answered, not broken off', async () => {
    const { app } = await testApp()
    const cookie = await signIn(app)
    const empty = { doc: `${own}/`, writtenAt: 0, update: new Uint8Array() }
    const pushes = [
      ...Array.from({ length: limits.pushes - 1 }, () => empty),
      push(`${own}/visjon`, 'ord'),
    ]
    const answer = await sync(app, cookie, { id: own, pushes })
    expect(new Set(codes(answer).slice(0, -1))).toEqual(new Set(['refused']))
    expect(codes(answer).at(-1)).toBe('accepted')
  })

  test('what the device says about itself and its clock is kept beside the words', async () => {
    const { app, db, clock } = await testApp()
    const cookie = await signIn(app)
    const pushed = { ...push(`${own}/visjon`, 'ord'), writtenAt: 12345 }
    await sync(app, cookie, { id: own, pushes: [pushed] })
    expect(await db.selectFrom('update').selectAll().executeTakeFirst()).toMatchObject({
      person: 'deltakar-stord',
      device: 'a-device',
      written_at: 12345,
      received_at: clock.now,
      size: 3,
    })
  })

  test('a window of somebody who was here before sends nothing in the name of whoever is signed in now', async () => {
    const { app, db } = await testApp()
    const cookie = await signIn(app)
    const words = frame([{ id: group, pushes: [push(`${group}/ark`, 'skrive av ein annan')] }])
    const refused = await post(app, cookie, words, { [principalHeader]: 'gruppe-stord' })
    expect(refused.statusCode).toBe(401)
    expect(refused.json().code).toBe('not-signed-in')
    expect(await db.selectFrom('update').selectAll().execute()).toEqual([])

    const taken = await post(app, cookie, words, { [principalHeader]: 'deltakar-stord' })
    expect(taken.statusCode).toBe(200)
  })
})
