import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { createWords, type OwnWords } from '../../../src/client/state/create-words.ts'
import type { Fetch } from '../../../src/client/sync/transport.ts'
import type { Me } from '../../../src/shared/domain/person.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { documentId } from '../../../src/shared/words/scope.ts'
import { signIn, testApp } from '../../server/test-app.ts'
import { eventually } from '../device.ts'
import { createFlakyDatabase } from '../flaky-database.ts'
import { createManualClock } from '../manual-clock.ts'

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
  const words = await createWords({
    leftElsewhere: () => undefined,
    principal: me.principal,
    personScope: me.personScope,
    scopes: me.groups.map((group) => group.scope),
    fetch: fetchFrom(app, cookie),
    clock: createManualClock(),
    random: Math.random,
    events: { onLeave: never, onReturn: never, onOnline: never, onOffline: never },
    database: createFlakyDatabase(),
    storage: null,
    locks: null,
    openChannel: () => null,
  })
  return [words, me]
}
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
