import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import {
  addMinutes,
  begin,
  type DayState,
  dayChangeSchema,
  dayNotBegun,
  forgottenMs,
  isLive,
  leftOf,
  liveDay,
  longestMs,
  minuteMs,
  nothing,
  pause,
  type Running,
  resume,
  warningBetween,
} from '../../../src/shared/domain/day.ts'

const now = 1_800_000_000_000
const state = (running: Running, changedAt = now, stop = 'g1'): DayState => ({
  ...dayNotBegun('kull', stop),
  ...running,
  revision: 1,
  changedAt,
})

test('an activity that begins has its minutes, and loses them as time goes', () => {
  const running = begin('ark', 20, now)
  expect(leftOf(running, now)).toBe(20 * minuteMs)
  expect(leftOf(running, now + 25 * minuteMs)).toBe(-5 * minuteMs)
  expect(leftOf(nothing, now)).toBeNull()
})

test('a pause keeps what is left, however long it lasts', () => {
  const paused = pause(begin('ark', 20, now), now + 5 * minuteMs)
  expect(leftOf(paused, now + 90 * minuteMs)).toBe(15 * minuteMs)
  const again = resume(paused, now + 90 * minuteMs)
  expect(leftOf(again, now + 91 * minuteMs)).toBe(14 * minuteMs)
  expect(pause(paused, now)).toBe(paused)
  expect(resume(again, now)).toBe(again)
})

test('minutes are added to a time that runs, that stands still, and that is over', () => {
  const running = begin('ark', 20, now)
  expect(leftOf(addMinutes(running, 5, now), now)).toBe(25 * minuteMs)
  expect(leftOf(addMinutes(running, -5, now), now)).toBe(15 * minuteMs)
  expect(leftOf(addMinutes(pause(running, now), 1, now), now)).toBe(21 * minuteMs)
  const late = now + 30 * minuteMs
  expect(leftOf(addMinutes(running, 5, late), late)).toBe(5 * minuteMs)
  expect(addMinutes(nothing, 5, now)).toBe(nothing)
})

test('no time is taken below nothing, or given beyond all measure', () => {
  const running = begin('ark', 3, now)
  expect(leftOf(addMinutes(running, -5, now), now)).toBe(0)
  expect(leftOf(addMinutes(running, 5000, now), now)).toBe(longestMs)
  expect(pause(running, now + 10 * minuteMs).leftMs).toBe(0)
})

test('whatever is done in whatever order, the server takes it', () => {
  const acts = fc.array(
    fc.record({
      act: fc.constantFrom('begin', 'pause', 'resume', 'more', 'less', 'end'),
      after: fc.integer({ min: 0, max: 3 * 60 * minuteMs }),
    }),
  )
  fc.assert(
    fc.property(acts, (done) => {
      let at = now
      let running: Running = nothing
      for (const { act, after } of done) {
        at += after
        if (act === 'begin') running = begin('ark', 480, at)
        if (act === 'pause') running = pause(running, at)
        if (act === 'resume') running = resume(running, at)
        if (act === 'more') running = addMinutes(running, 5, at)
        if (act === 'less') running = addMinutes(running, -5, at)
        if (act === 'end') running = nothing
        expect(v.safeParse(dayChangeSchema, { ...running, revision: 0 }).success).toBe(true)
      }
    }),
  )
})

test.each([
  ['a time of no activity', { activity: null, endsAt: now, leftMs: null }],
  ['a time that runs and stands still', { activity: 'ark', endsAt: now, leftMs: 5 }],
  ['less than nothing', { activity: 'ark', endsAt: null, leftMs: -1 }],
  ['beyond all measure', { activity: 'ark', endsAt: null, leftMs: longestMs + 1 }],
  ['half a millisecond', { activity: 'ark', endsAt: now + 0.5, leftMs: null }],
])('refused: %s', (_, change) => {
  expect(v.safeParse(dayChangeSchema, { ...change, revision: 0 }).success).toBe(false)
})

test('a day that nobody has touched for long is over', () => {
  const day = state(begin('ark', 20, now))
  expect(isLive(day, now + forgottenMs - 1)).toBe(true)
  expect(isLive(day, now + forgottenMs)).toBe(false)
  expect(isLive(state(nothing), now)).toBe(false)
})

test('of two days the one that was touched last goes on', () => {
  const first = state(begin('ark', 20, now), now - 60_000, 'g1')
  const second = state(begin('opning', 20, now), now, 'end')
  expect(liveDay([second, first], now)?.stop).toBe('end')
  expect(liveDay([first, state(nothing, now, 'end')], now)?.stop).toBe('g1')
  expect(liveDay([], now)).toBeNull()
})

test('those who work are warned once at five minutes, once at one, and at the end', () => {
  const at = (minutes: number): number => minutes * minuteMs
  expect(warningBetween(at(5) + 1, at(5))).toBe(5)
  expect(warningBetween(at(5), at(4.9))).toBeNull()
  expect(warningBetween(at(1.1), at(0.9))).toBe(1)
  expect(warningBetween(at(0.1), at(-0.1))).toBe(0)
  expect(warningBetween(at(-0.1), at(-1))).toBeNull()
  // A device that slept is told the latest alone; one that begins to look, or is given more time, nothing.
  expect(warningBetween(at(9), at(0.5))).toBe(1)
  expect(warningBetween(null, at(0.5))).toBeNull()
  expect(warningBetween(at(4), at(9))).toBeNull()
})
