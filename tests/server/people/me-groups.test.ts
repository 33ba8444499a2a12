import { expect, test } from 'vitest'
import { groupsFor } from '../../../src/client/pages/task/use-group.ts'
import type { Me } from '../../../src/shared/domain/person.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { signIn } from '../test-app.ts'

eachStore(({ testApp }) => {
  test('the leaders come before whom one sits with, whatever they are called', async () => {
    const { app, db } = await testApp()
    await db
      .insertInto('working_group')
      .values({
        id: 'bord-1',
        name: 'Aaa',
        cohort: 'vestland-1-kull-1',
        municipality: null,
        kind: 'service-area',
        stop: 'samling-1',
      })
      .execute()
    await db
      .insertInto('membership')
      .values({ scope: 'g:bord-1', person: 'deltakar-stord' })
      .execute()
    const cookie = await signIn(app)
    const me = (await app.inject({ url: paths.me, headers: { cookie } })).json<Me>()
    expect(me.groups).toEqual([
      { scope: 'g:leiargruppa-stord', name: 'Leiargruppa, Stord', kind: 'leadership', stop: null },
      { scope: 'g:bord-1', name: 'Aaa', kind: 'service-area', stop: 'samling-1' },
    ])
    const at = (stop: string) => groupsFor(me.groups, { stop }).map(({ scope }) => scope)
    expect(at('samling-1')).toEqual(['g:leiargruppa-stord', 'g:bord-1'])
    expect(at('samling-2')).toEqual(['g:leiargruppa-stord'])
  })
})
