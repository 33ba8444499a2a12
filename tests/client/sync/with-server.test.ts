import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { createWords, type OwnWords } from '../../../src/client/state/create-words.ts'
import { indexedDbWords } from '../../../src/client/storage/indexed-db-words.ts'
import { browserGzip } from '../../../src/client/sync/gzip.ts'
import type { Fetch } from '../../../src/client/sync/transport.ts'
import { erasePerson } from '../../../src/server/words/erase.ts'
import { openLedger } from '../../../src/server/words/ledger.ts'
import type { Me } from '../../../src/shared/domain/person.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { documentId } from '../../../src/shared/words/scope.ts'
import { signIn, testApp } from '../../server/test-app.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eventually } from '../device.ts'
import { createFlakyDatabase, type FlakyDatabase } from '../flaky-database.ts'
import { createManualClock } from '../manual-clock.ts'
import { storedWords } from '../stored-words.ts'

const fetchFrom =
  (app: FastifyInstance, cookie: string): Fetch =>
  async (url, init) => {
    const response = await app.inject({
      method: 'POST',
      url,
      headers: { ...(init.headers as Record<string, string>), cookie },
      payload: Buffer.from(init.body as Uint8Array),
    })
    const isZipped = response.headers['content-encoding'] === 'gzip'
    const body = isZipped ? gunzipSync(response.rawPayload) : response.rawPayload
    return new Response(new Uint8Array(body), {
      status: response.statusCode,
      headers: { 'content-type': String(response.headers['content-type']) },
    })
  }

const openDevice = async (app: FastifyInstance, code: string): Promise<[OwnWords, Me]> => {
  const cookie = await signIn(app, code)
  const me = (await app.inject({ url: paths.me, headers: { cookie } })).json<Me>()
  return [await openPage(app, cookie, me, createFlakyDatabase()), me]
}

const openPage = (
  app: FastifyInstance,
  cookie: string,
  me: Me,
  database: FlakyDatabase,
): Promise<OwnWords> =>
  createWords({
    leftElsewhere: () => undefined,
    principal: me.principal,
    personScope: me.personScope,
    scopes: me.groups.map((group) => group.scope),
    fetch: fetchFrom(app, cookie),
    clock: createManualClock(),
    random: Math.random,
    events: { onLeave: never, onReturn: never, onOnline: never, onOffline: never },
    openDatabase: (principal) => indexedDbWords(principal, database),
    gzip: browserGzip(),
    live: null,
    storage: null,
    locks: null,
    openChannel: () => null,
  })
const never = () => () => undefined

test('words go through the real server to another device of the same person', async () => {
  const { app } = await testApp()
  const [tablet, me] = await openDevice(app, 'demo-deltakar-stord')
  const id = documentId(me.personScope ?? '', 'refleksjon')
  const document = await tablet.open(id)
  document.setText('f/tanke', 'æøå 👩‍👩‍👧 '.repeat(300))
  document.setScalar('val', ['a', 'b'])
  await tablet.setDone('film', true)
  await tablet.syncNow()
  expect(tablet.pending.value).toMatchObject({ documents: 0, connection: 'online' })
  expect(document.stateOf('f/tanke').kind).toBe('sent')

  const [phone] = await openDevice(app, 'demo-deltakar-stord')
  await phone.syncNow()
  await eventually(() => expect(phone.documents.value).toHaveLength(1))
  expect(phone.documents.value[0]?.plain).toEqual(document.plain.value)
  expect(phone.progress.value.film?.done).toBe(true)
})

test('what a person writes in a group reaches the group’s tablet, and nobody else', async () => {
  const { app } = await testApp()
  const [person, me] = await openDevice(app, 'demo-deltakar-stord')
  const [tablet] = await openDevice(app, 'demo-gruppe-stord')
  const [stranger] = await openDevice(app, 'demo-politikar-stord')
  const id = documentId(me.groups[0]?.scope ?? '', 'arbeidsark')
  const document = await person.open(id)
  document.setText(`f/plan/${person.device}`, 'Felles plan')
  await person.syncNow()
  await tablet.syncNow()
  await eventually(() => expect(tablet.documents.value.map((row) => row.id)).toEqual([id]))
  const theirs = await stranger.open(id)
  theirs.setText('f/plan/x', 'utan rett')
  await stranger.syncNow()
  expect(stranger.pending.value).toMatchObject({ documents: 1, connection: 'online' })
  await person.syncNow()
  expect(Object.values(document.plain.value.texts)).toEqual(['Felles plan'])
})

test('of somebody who is erased nothing stays on their device, own or of a group, sent or not', async () => {
  const { app, store, clock } = await testApp()
  const cookie = await signIn(app, 'demo-deltakar-stord')
  const me = (await app.inject({ url: paths.me, headers: { cookie } })).json<Me>()
  const database = createFlakyDatabase()
  const stored = storedWords(database, me.principal)
  const rowsOf = async () =>
    Promise.all([stored.docs, stored.updates, stored.outbox, stored.held].map((t) => t.count()))
  const [tablet] = await openDevice(app, 'demo-gruppe-stord')
  const own = documentId(me.personScope ?? '', 'refleksjon')
  const shared = documentId(me.groups[0]?.scope ?? '', 'arbeidsark')
  const ofTablet = await tablet.open(shared)
  ofTablet.setText(`f/plan/${tablet.device}`, 'gruppa sine ord')
  await tablet.syncNow()

  const words = await openPage(app, cookie, me, database)
  for (const id of [own, shared]) {
    const document = await words.open(id)
    document.setText(`f/plan/${words.device}`, 'sendt')
  }
  await words.syncNow()
  const unsent = await words.open(documentId(me.personScope ?? '', 'notat'))
  unsent.setText('f/tanke', 'ikkje sendt')
  await words.stop()
  const [docs, , outbox] = await rowsOf()
  expect([docs, outbox]).toEqual([3, 1])

  const ledger = openLedger(join(temporaryFolder(), 'erased.ndjson'))
  let epoch = 100
  await erasePerson({ store, ledger, now: () => clock.now, newEpoch: () => epoch++ }, me.principal)
  expect((await app.inject({ url: paths.me, headers: { cookie } })).statusCode).toBe(401)

  // Nothing but a start, from what the device remembers.
  const again = await openPage(app, cookie, me, database)
  expect(again.documents.value).toHaveLength(3)
  await eventually(() => expect(again.documents.value).toEqual([]))
  expect(await rowsOf()).toEqual([0, 0, 0, 0])
  const scopes = await stored.scopes.toArray()
  expect(scopes.map(({ id, status }) => [id, status])).toEqual(
    [me.groups[0]?.scope, me.personScope].map((id) => [id, 'gone']),
  )
  // What is typed all the same is never sent.
  const after = await again.open(own)
  after.setText('f/tanke', 'etterpå')
  await again.syncNow()
  const rows = await store.db.selectFrom('update').select(['scope', 'person']).execute()
  expect(rows.some((row) => row.person === me.principal || row.scope === me.personScope)).toBe(
    false,
  )
  // The group has its words.
  await tablet.syncNow()
  const texts = () => Object.values(ofTablet.plain.value.texts).toSorted()
  await eventually(() => expect(texts()).toEqual(['gruppa sine ord', 'sendt']))
})
