import { expect, test } from 'vitest'
import {
  endFeed,
  feedMadeAt,
  makeFeed,
  personOfFeed,
} from '../../../src/server/calendar/calendar-feed.ts'
import { readCalendar, readStopCalendar } from '../../../src/server/calendar/read-calendar.ts'
import { erasureStore } from '../../../src/server/store/erasure-store.ts'
import { networkWorld } from '../people/network-world.ts'
import { eachStore } from '../stores.ts'

const asked = {
  language: 'nn',
  pageOf: (stop: string) => `https://loft.example/s/${stop}`,
} as const

eachStore(({ newStore }) => {
  test('a secret address is that of its person, and the database does not hold it', async () => {
    const { store, administrator } = await networkWorld(await newStore())
    expect(await feedMadeAt(store.db, administrator)).toBeNull()
    const token = (await store.write((db) => makeFeed(db, administrator, 7))) ?? ''
    expect(token).toMatch(/^[\w-]{32}$/)
    expect(await personOfFeed(store.db, token)).toBe(administrator)
    expect(await feedMadeAt(store.db, administrator)).toBe(7)
    const rows = await store.db.selectFrom('calendar_feed').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('a new address ends the one before, and none is left after ending it', async () => {
    const { store, administrator } = await networkWorld(await newStore())
    const old = (await store.write((db) => makeFeed(db, administrator, 7))) ?? ''
    const token = (await store.write((db) => makeFeed(db, administrator, 8))) ?? ''
    expect(token).not.toBe(old)
    expect(await personOfFeed(store.db, old)).toBeNull()
    expect(await personOfFeed(store.db, token)).toBe(administrator)
    await store.write((db) => endFeed(db, administrator))
    expect(await personOfFeed(store.db, token)).toBeNull()
    expect(await feedMadeAt(store.db, administrator)).toBeNull()
  })

  test('of two who renew it at the same time, one has an address that leads anywhere', async () => {
    const { store, administrator } = await networkWorld(await newStore())
    const renew = () => store.write((db) => makeFeed(db, administrator, 7))
    await Promise.all([renew(), renew(), renew()])
    expect(await store.db.selectFrom('calendar_feed').selectAll().execute()).toHaveLength(1)
  })

  test('an address that nobody was given, and that of an erased person, is nobody’s', async () => {
    const { store, administrator } = await networkWorld(await newStore())
    for (const token of ['', 'a', 'x'.repeat(32), 'ø'])
      expect(await personOfFeed(store.db, token), token).toBeNull()
    const token = (await store.write((db) => makeFeed(db, administrator, 7))) ?? ''
    await store.write((db) => erasureStore.removePerson(db, administrator, 8))
    expect(await personOfFeed(store.db, token)).toBeNull()
    expect(await store.db.selectFrom('calendar_feed').selectAll().execute()).toEqual([])
    for (const gone of [administrator, 'ukjend'])
      expect(await store.write((db) => makeFeed(db, gone, 9))).toBeNull()
    expect(await readCalendar(store.db, administrator, asked)).toBeNull()
    expect(await readStopCalendar(store.db, administrator, 'g1', asked)).toBeNull()
  })

  test('somebody’s calendar holds the stops of their cohort', async () => {
    const { store, administrator, cohorts } = await networkWorld(await newStore())
    const days = { starts: '2026-12-09', ends: '2026-12-10', place: 'Førde', drawing: null }
    await store.db
      .insertInto('cohort_stop')
      .values([
        { cohort: cohorts[0] ?? '', stop: 'g1', ...days },
        { cohort: 'kull-2', stop: 'g2', ...days },
      ])
      .execute()
    const file = await readCalendar(store.db, administrator, asked)
    expect(file).toContain(`UID:${cohorts[0]}.g1@loft`)
    expect(file).toContain('URL;VALUE=URI:https://loft.example/s/g1')
    expect(file).not.toContain('g2@loft')
    expect(await readStopCalendar(store.db, administrator, 'g1', asked)).toContain('.g1@loft')
    expect(await readStopCalendar(store.db, administrator, 'g2', asked)).toBeNull()
    expect(await readStopCalendar(store.db, administrator, 'ukjend', asked)).toBeNull()
    expect(await readCalendar(store.db, 'ukjend', asked)).toBeNull()
  })
})
