import { describe, expect, it } from 'vitest'
import { daysBetween, type LineInput, makeLine } from '../../../src/shared/domain/line.ts'
import type { CohortStop } from '../../../src/shared/domain/person.ts'
import { film, groupTask, item, outlineOf } from './sample-outline.ts'

const outline = outlineOf([
  film('film', 10),
  item('more', { depth: 'fordjuping', minutes: 35 }),
  item('article'),
  groupTask('challenge', 'pre'),
  item('for-hr', { audiences: ['hr'] }),
  groupTask('sheet', 'g1'),
  item('between', { stop: 'mid', minutes: 20 }),
])

const dates = (stop: string, starts: string, ends: string | null, place: string | null = null) =>
  ({ stop, starts, ends, place, drawing: null }) satisfies CohortStop
const stops: CohortStop[] = [
  dates('start', '2026-11-09', '2026-11-09'),
  dates('pre', '2026-11-10', null),
  dates('g1', '2026-12-09', '2026-12-10', 'Førde'),
  dates('mid', '2026-12-11', null),
  dates('g2', '2027-02-03', '2027-02-04', 'Stord'),
  dates('end', '2027-03-11', '2027-03-11'),
]

const line = (today: string, done: string[] = [], more: Partial<LineInput> = {}) =>
  makeLine({
    outline,
    stops,
    audience: 'leiargruppe',
    progress: Object.fromEntries(done.map((id) => [id, { furthest: 1, done: true }])),
    today,
    ...more,
  })
const states = (of: ReturnType<typeof line>): string[] => of.stops.map(({ state }) => state)
const preWork = ['film', 'article', 'challenge']

describe('the line of a leader', () => {
  it('begins with the first film of the pre-work, after the start is passed', () => {
    const before = line('2026-12-01')
    expect(states(before)).toEqual(['done', 'next', 'open', 'later', 'later', 'later'])
    expect(before.next?.item?.item.id).toBe('film')
    expect(before.ferry).toEqual({ after: 0, share: 0.25 })
    expect(before.ahead).toEqual({ stop: 2, days: 8, minutes: 65 })
  })

  it('lets the pre-work be done before the start, which is then not passed', () => {
    const early = line('2026-11-01')
    expect(states(early)).toEqual(['open', 'next', 'later', 'later', 'later', 'later'])
    expect(early.next?.item?.item.id).toBe('film')
    expect(early.ahead).toEqual({ stop: 0, days: 8, minutes: 0 })
  })

  it('never counts deepening, what lies inside a gathering, or what others meet', () => {
    const { stops: all, total } = line('2026-12-01')
    expect(total).toBe(10 + 10 + 45 + 20)
    expect(all[1]).toMatchObject({ of: 3, total: 65, left: 65 })
    expect(all[1]?.items.map(({ item: { id } }) => id)).toEqual([
      'film',
      'more',
      'article',
      'challenge',
    ])
    expect(all[2]).toMatchObject({ of: 1, total: 0 })
  })

  it('takes what is seen of a film from the minutes left, and keeps the film next', () => {
    const half = line('2026-12-01', [], { progress: { film: { furthest: 360, done: false } } })
    expect(half.next?.item).toMatchObject({ state: 'next', begun: true, left: 4 })
    expect(half.left).toBe(4 + 10 + 45 + 20)
    expect(half.stops[1]?.state).toBe('begun')
  })

  it('says at least one minute of a film that is almost seen', () => {
    const almost = line('2026-12-01', [], { progress: { film: { furthest: 599, done: false } } })
    expect(almost.next?.item?.left).toBe(1)
  })

  it('counts a task with words in it as begun', () => {
    const begun = line('2026-12-01', ['film', 'article'], { written: new Set(['challenge']) })
    expect(begun.next?.item).toMatchObject({ state: 'next', begun: true, left: 45 })
  })

  it('puts the ferry between the leg and the gathering by the share of minutes done', () => {
    expect(line('2026-12-01', ['challenge']).ferry).toEqual({ after: 1, share: 45 / 65 })
    expect(line('2026-12-01', ['article']).ferry).toEqual({ after: 1, share: 0.25 })
  })

  it('makes the gathering the next thing when its pre-work is done', () => {
    const ready = line('2026-12-08', preWork)
    expect(states(ready)).toEqual(['done', 'done', 'next', 'later', 'later', 'later'])
    expect(ready.next).toEqual({ stop: 2, item: null })
    expect(ready.ferry).toEqual({ after: 1, share: 0.75 })
    expect(ready.ahead).toEqual({ stop: 2, days: 1, minutes: 0 })
  })

  it('opens the sheets of a gathering on its first day and keeps it ahead until its last is over', () => {
    const first = line('2026-12-09', preWork)
    expect(first.next?.item?.item.id).toBe('sheet')
    expect(first.stops[2]?.state).toBe('begun')
    expect(first.ahead).toMatchObject({ stop: 2, days: 0 })
    expect(line('2026-12-10', preWork).ahead).toMatchObject({ stop: 2, days: 0 })
    expect(line('2026-12-11', preWork).ahead).toMatchObject({ stop: 4, days: 54 })
  })

  it('leaves the sheets of a gathering behind when it is over', () => {
    const after = line('2026-12-11', preWork)
    expect(after.next?.item?.item.id).toBe('between')
    expect(states(after)).toEqual(['done', 'done', 'done', 'next', 'open', 'later'])
    expect(after.ferry).toEqual({ after: 2, share: 0.25 })
  })

  it('opens the work in between on the last day of the gathering when the cohort gives no date of its own', () => {
    const without = stops.filter(({ stop }) => stop !== 'mid')
    const mid = (today: string) => line(today, preWork, { stops: without }).stops[3]
    expect(mid('2026-12-09')).toMatchObject({ state: 'later', opens: '2026-12-10' })
    expect(mid('2026-12-10')).toMatchObject({ state: 'open', opens: null })
  })

  it('has nothing next between a gathering and the day the work after it opens', () => {
    const late = stops.map((stop) =>
      stop.stop === 'mid' ? dates('mid', '2026-12-14', null) : stop,
    )
    const waiting = line('2026-12-12', [...preWork, 'sheet'], { stops: late })
    expect(waiting.next).toBeNull()
    expect(waiting.finished).toBe(false)
    expect(waiting.here).toBe(2)
    expect(waiting.ferry).toEqual({ after: 2, share: 0.25 })
    expect(waiting.stops[3]).toMatchObject({ state: 'later', opens: '2026-12-14' })
  })

  it('keeps what was skipped of the pre-work as next after the gathering', () => {
    const skipped = line('2026-12-12', ['film', 'challenge'])
    expect(skipped.next?.item?.item.id).toBe('article')
    expect(skipped.ahead).toMatchObject({ stop: 4, minutes: 30 })
  })

  it('is finished when all is done and the last day is past, not on it', () => {
    const all = [...preWork, 'sheet', 'between']
    expect(line('2027-03-11', all)).toMatchObject({ finished: false, next: { stop: 5 } })
    const over = line('2027-03-12', all)
    expect(over).toMatchObject({ finished: true, next: null, ahead: null, left: 0 })
    expect(states(over).every((state) => state === 'done')).toBe(true)
    expect(over.ferry).toEqual({ after: 4, share: 0.75 })
  })
})

describe('a small cohort without dates', () => {
  it('has everything open and no gathering ahead', () => {
    const open = line('2026-12-01', [], { stops: [] })
    expect(states(open)).toEqual(['open', 'next', 'open', 'open', 'open', 'open'])
    expect(open.ahead).toBeNull()
    expect(open.left).toBe(85)
  })

  it('passes a gathering when something behind it is begun', () => {
    const further = line('2026-12-01', ['between'], { stops: [] })
    expect(states(further)).toEqual(['done', 'next', 'done', 'done', 'open', 'open'])
  })
})

describe("a group's tablet", () => {
  it('meets only what the group writes together', () => {
    const group = line('2026-12-01', [], { audience: null, groupOnly: true })
    expect(group.next?.item?.item.id).toBe('challenge')
    expect(group.total).toBe(45)
    expect(group.ahead).toMatchObject({ minutes: 45 })
  })

  it('passes own time that has nothing for it when the group has moved on', () => {
    const group = line('2026-12-12', ['challenge', 'sheet'], { audience: null, groupOnly: true })
    expect(states(group).slice(0, 3)).toEqual(['done', 'done', 'done'])
    expect(group.next).toEqual({ stop: 4, item: null })
  })
})

describe('the line of a politician', () => {
  const track = (done: string[], more: Partial<LineInput> = {}) =>
    line('2026-12-01', done, { audience: 'folkevalde', ...more })

  it('is one stop for each film and the meeting at the end', () => {
    const fresh = track([])
    expect(fresh.track?.id).toBe('folkevalde')
    expect(states(fresh)).toEqual(['next', 'open', 'open'])
    expect(fresh.ferry).toEqual({ after: -1, share: 0.25 })
    expect(fresh).toMatchObject({ left: 40, total: 40, ahead: null })
  })

  it('keeps a film lit when it is begun and lets the ferry pass it', () => {
    const half = track(['f1'], {
      progress: { f1: { furthest: 1, done: true }, f2: { furthest: 420, done: false } },
    })
    expect(states(half)).toEqual(['done', 'next', 'open'])
    expect(half.ferry).toEqual({ after: 1, share: 0.35 })
    expect(half.left).toBe(13)
  })

  it('has the meeting as next when the films are seen, with or without a date', () => {
    expect(track(['f1', 'f2'])).toMatchObject({ next: { stop: 2, item: null }, finished: false })
    const dated = [dates('folkevalde', '2027-01-28', '2027-01-28')]
    expect(track(['f1', 'f2'], { stops: dated })).toMatchObject({
      next: { stop: 2 },
      ahead: { stop: 2, days: 58, minutes: 0 },
    })
    expect(track(['f1', 'f2'], { stops: dated, today: '2027-01-29' }).finished).toBe(true)
  })
})

describe('days between', () => {
  it.each([
    ['2026-12-01', '2026-12-09', 8],
    ['2026-12-31', '2027-01-01', 1],
    ['2027-03-27', '2027-03-29', 2], // the clocks change on the 28th
    ['2026-12-02', '2026-12-01', -1],
  ])('from %s to %s is %i', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days)
  })
})
