import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { readTableLink } from '../../../src/shared/domain/table-link.ts'
import type { TableLink } from '../../../src/shared/domain/tablet.ts'
import { decodeAnswer, type Push } from '../../../src/shared/protocol/frames.ts'
import { paths, principalHeader } from '../../../src/shared/protocol/paths.ts'
import { item, outlineOf } from '../../shared/domain/sample-outline.ts'
import { eachStore } from '../stores.ts'
import { frame, push } from '../sync/sync-client.ts'
import { signIn, type TestApp } from '../test-app.ts'

const cohort = 'vestland-1-kull-1'

/** A tablet on a group's table, by the link that one of the group has made. */
const seatTablet = async ({ app }: TestApp, id: string): Promise<Record<string, string>> => {
  const made = await app.inject({
    method: 'POST',
    url: paths.tableLink(id),
    headers: { cookie: await signIn(app) },
    payload: { stop: null },
  })
  const { link } = made.json<TableLink>()
  const secret = randomBytes(16).toString('hex')
  const answer = await app.inject({
    method: 'POST',
    url: paths.tablets,
    payload: { token: readTableLink(link)?.token ?? '', secret },
  })
  return {
    cookie: `loft_table=${answer.cookies[0]?.value}`,
    [principalHeader]: answer.json<{ me: { principal: string } }>().me.principal,
  }
}
const syncAs = async (
  { app }: TestApp,
  headers: Record<string, string>,
  id: string,
  pushes: Push[] = [],
) => {
  const answer = await app.inject({
    method: 'POST',
    url: paths.sync,
    payload: frame([{ id, pushes }]),
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  })
  const [scope] = decodeAnswer(answer.rawPayload).scopes
  if (!scope) throw new Error('no answer')
  return scope
}

eachStore(({ testApp }) => {
  test('groups that are made anew do not take away one with a tablet that writes without a network', async () => {
    const server = await testApp()
    await server.db
      .insertInto('package_version')
      .values({
        ...{ id: 'base', version: '1.0.0', hash: 'f'.repeat(64), published_at: 1 },
        outline: JSON.stringify(outlineOf([item('base.m.les')])),
      })
      .execute()
    await server.db
      .insertInto('cohort_stop')
      .values({ cohort, stop: 'g1', starts: '2026-11-25', ends: '2026-11-26', place: null })
      .execute()
    const facilitator = await signIn(server.app, 'demo-fasilitator')
    const { people } = (
      await server.app.inject({ url: paths.groups(cohort), headers: { cookie: facilitator } })
    ).json<{ people: { id: string }[] }>()
    const apply = async (groups: { name: string; people: string[] }[]) => {
      const answer = await server.app.inject({
        method: 'PUT',
        url: paths.gatheringGroups(cohort, 'g1'),
        headers: { cookie: facilitator },
        payload: { groups },
      })
      expect(answer.statusCode, answer.body).toBe(204)
    }
    const one = 'deltakar-stord'
    const two = people.find(({ id }) => id !== one)?.id ?? ''
    await apply([{ name: 'Bord 1', people: [one] }])
    const made = await server.db
      .selectFrom('working_group')
      .select('id')
      .where('kind', '=', 'service-area')
      .where('stop', '=', 'g1')
      .executeTakeFirstOrThrow()
    const headers = await seatTablet(server, made.id)
    // Meanwhile the tablet writes on, without a network.
    await apply([{ name: 'Bord 2', people: [two] }])
    const scope = `g:${made.id}`
    const { acks } = await syncAs(server, headers, scope, [push(`${scope}/ark`, 'frå bordet')])
    const left = await server.db.selectFrom('working_group').select('id').execute()
    expect({ acks, isThere: left.some(({ id }) => id === made.id) }).toEqual({
      acks: ['accepted'],
      isThere: true,
    })
  })
})
