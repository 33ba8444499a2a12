// What is told where a sheet cannot be read: while the server has much to build, and where nobody should build it.
import { expect, onTestFinished, test, vi } from 'vitest'
import { encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { AppDeps } from '../../../src/server/app-deps.ts'
import { historyStore } from '../../../src/server/store/history-store.ts'
import { mostBytes } from '../../../src/server/words/handed-in.ts'
import { type Merging, mergingHere } from '../../../src/server/words/merging.ts'
import type { Readiness } from '../../../src/shared/domain/readiness.ts'
import type { Wall } from '../../../src/shared/domain/wall.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  createDocument,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { encodeHandingIn, handedInKey } from '../../../src/shared/words/handing-in.ts'
import { groupTask, item, outlineOf } from '../../shared/domain/sample-outline.ts'
import { group, push, sync } from '../sync/sync-client.ts'
import { signIn, testApp } from '../test-app.ts'

const cohort = 'vestland-1-kull-1'
const sheet = groupTask('base.m.ark', 'pre')
const outline = outlineOf([sheet, item('base.m.les', { minutes: 30 })])

const open = async (changes: Partial<AppDeps> = {}) => {
  const world = await testApp(changes)
  await world.db
    .insertInto('package_version')
    .values({
      ...{ id: 'base', version: '1.0.0', hash: 'f'.repeat(64), published_at: 1 },
      outline: JSON.stringify(outline),
    })
    .execute()
  const cookie = await signIn(world.app, 'demo-fasilitator')
  return { ...world, cookie }
}

const handIn = async ({ app }: { app: Awaited<ReturnType<typeof open>>['app'] }) => {
  const member = await signIn(app)
  const words = createDocument()
  writeText(words, 'f/f/a', 'Nattevaktene')
  writeScalars(words, [[handedInKey, encodeHandingIn({ id: 'x', at: 1, label: 'Stord' })]])
  await sync(app, member, { id: group, pushes: [push(`${group}/${sheet.id}`, wholeState(words))] })
}

const handInOther = async ({ app }: { app: Awaited<ReturnType<typeof open>>['app'] }) => {
  const member = await signIn(app, 'demo-deltakar-sunnfjord')
  const scope = 'g:leiargruppa-sunnfjord'
  const words = createDocument()
  writeText(words, 'f/f/a', 'Heimetenesta')
  writeScalars(words, [[handedInKey, encodeHandingIn({ id: 'y', at: 2, label: 'Sunnfjord' })]])
  await sync(app, member, { id: scope, pushes: [push(`${scope}/${sheet.id}`, wholeState(words))] })
}

const look = async <Answer>(
  { app, cookie }: Awaited<ReturnType<typeof open>>,
  url: string,
): Promise<Answer> => {
  const answer = await app.inject({ url, headers: { cookie } })
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

test('who is ready, and what is handed in, is not told wrongly while the server has much to build', async () => {
  const merging = { ...mergingHere, read: async () => ({ kind: 'busy' }) as const }
  const world = await open({ merging })
  await handIn(world)
  for (const url of [paths.readiness(cohort, 'g1'), `${paths.wall(cohort)}?item=${sheet.id}`]) {
    const answer = await world.app.inject({ url, headers: { cookie: world.cookie } })
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'busy'])
  }
})

test('a sheet that nobody should build is told as such, and the others stand as usual', async () => {
  const isUnfit = (updates: readonly Uint8Array[]): boolean =>
    updates.some((update) => Buffer.from(update).includes('Nattevaktene'))
  const merging: Merging = {
    ...mergingHere,
    read: async (updates) => (isUnfit(updates) ? { kind: 'unfit' } : mergingHere.read(updates)),
    readHandedIn: async (updates) =>
      isUnfit(updates) ? { kind: 'unfit' } : mergingHere.readHandedIn(updates),
  }
  const world = await open({ merging })
  await handIn(world)
  await handInOther(world)
  const { groups } = await look<Wall>(world, `${paths.wall(cohort)}?item=${sheet.id}`)
  expect(groups).toMatchObject([
    { id: 'leiargruppa-stord', handedInAt: null, isUnreadable: true, answers: [] },
    { id: 'leiargruppa-sunnfjord', handedInAt: 2, isUnreadable: false },
  ])
  const ready = await look<Readiness>(world, paths.readiness(cohort, 'g1'))
  expect(ready.groups.map(({ sheets }) => sheets)).toEqual([
    [{ id: sheet.id, state: 'unreadable', at: null }],
    [{ id: sheet.id, state: 'handed-in', at: 2 }],
  ])
})

test('a sheet whose history is too long to read is told as such on the wall', async () => {
  const world = await open()
  await handIn(world)
  await handInOther(world)
  const bytes = vi
    .spyOn(historyStore, 'bytes')
    .mockImplementation(async (_db, scope) => (scope === group ? mostBytes + 1 : 1000))
  onTestFinished(() => bytes.mockRestore())
  const { groups } = await look<Wall>(world, `${paths.wall(cohort)}?item=${sheet.id}`)
  expect(groups.map(({ isUnreadable }) => isUnreadable)).toEqual([true, false])
})

test('a sheet that is handed in again and again stands on the wall as it was handed in last', async () => {
  const world = await open()
  const member = await signIn(world.app)
  const words = createDocument()
  const pushes: ReturnType<typeof push>[] = []
  for (let time = 0; time < 4000; time++) {
    const before = encodeStateVector(words)
    writeScalars(words, [[handedInKey, encodeHandingIn({ id: `${time}`, at: time, label: 'S' })]])
    pushes.push(push(`${group}/${sheet.id}`, encodeStateAsUpdate(words, before)))
  }
  for (const some of [pushes.slice(0, 2000), pushes.slice(2000)]) {
    const { acks } = await sync(world.app, member, { id: group, pushes: some })
    expect(new Set(acks)).toEqual(new Set(['accepted']))
  }
  await handInOther(world)
  const { groups } = await look<Wall>(world, `${paths.wall(cohort)}?item=${sheet.id}`)
  expect(groups).toMatchObject([
    { id: 'leiargruppa-stord', handedInAt: 3999, isUnreadable: false },
    { id: 'leiargruppa-sunnfjord', handedInAt: 2, isUnreadable: false },
  ])
})
