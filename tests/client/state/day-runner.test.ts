import { expect, onTestFinished, test } from 'vitest'
import {
  dayKey,
  joined,
  keepLocalDay,
  readDays,
  storedDays,
  storedLocalDay,
} from '../../../src/client/state/day.ts'
import {
  askEveryMs,
  createDayRunner,
  type DayRunner,
  noticeMs,
  tryAgainMs,
} from '../../../src/client/state/day-runner.ts'
import {
  addMinutes,
  begin,
  type DayState,
  dayNotBegun,
  forgottenMs,
  isSame,
  nothing,
  type Running,
} from '../../../src/shared/domain/day.ts'
import { eventually } from '../device.ts'
import { createManualClock } from '../manual-clock.ts'

const at = { cohort: 'kull-1', stop: 'g1' }
const text = { nn: 'Ark', nb: 'Ark' }
const activity = (id: string) => ({
  ...{ id, minutes: 20, title: text, text, item: null },
  guide: { nn: 'a'.repeat(64), nb: 'b'.repeat(64) },
})

/** The server's part: compares and sets, as it does. `cut` = there is no network. */
const newWorld = () => {
  const clock = createManualClock()
  const kept = new Map<string, string>()
  const world = {
    clock,
    kept,
    day: dayNotBegun(at.cohort, at.stop) as DayState,
    /** By how much the server's clock is ahead. */
    ahead: 90_000,
    cut: false,
    /** What was taken is not answered. */
    deaf: false,
    held: null as Promise<void> | null,
    sent: [] as { revision: number; activity: string | null }[],
    /** Another facilitator does something. */
    byAnother: (id: string | null) => {
      const { day } = world
      const running = id === null ? nothing : begin(id, 20, clock.now() + world.ahead)
      world.day = { ...day, ...running, revision: day.revision + 1, changedAt: clock.now() }
    },
    deps: {
      principal: 'kari',
      clock: () => clock.now(),
      timers: clock,
      storage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
        removeItem: (key: string) => void kept.delete(key),
      },
      fetch: (async (_path: string, init?: RequestInit) => {
        if (world.cut) throw new TypeError('offline')
        const now = clock.now() + world.ahead
        if (init?.method !== 'PUT') return json({ now, ...plan(), day: world.day })
        const { revision, ...wish } = JSON.parse(String(init.body))
        world.sent.push({ revision, activity: wish.activity })
        const before = world.day
        const fits = before.revision === revision
        const again = before.revision === revision + 1 && isSame(before, wish)
        if (fits) world.day = { ...before, ...wish, revision: revision + 1, changedAt: now }
        const answer = { now, day: world.day, taken: fits || again }
        await world.held
        if (world.deaf) throw new TypeError('lost')
        return json(answer)
      }) as typeof fetch,
    },
    open: () => {
      const runner = createDayRunner(world.deps, at)
      onTestFinished(runner.close)
      return runner
    },
  }
  return world
}
const json = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
const plan = () => ({
  cohort: { id: at.cohort, name: 'Kull 1' },
  title: text,
  kind: 'gathering',
  starts: null,
  ends: null,
  place: null,
  agenda: [],
  activities: [activity('opning'), activity('ark')],
})
const opened = async (world: ReturnType<typeof newWorld>) => {
  const runner = world.open()
  await eventually(() => expect(runner.sight.value.plan).not.toBeNull())
  return runner
}
/** Pressed on a page without a network, whose window is gone without a word; there is none yet when this ends. */
const pressedAndReloaded = async (world: ReturnType<typeof newWorld>, wish: Running) => {
  const runner = await opened(world)
  world.cut = true
  runner.wish(wish)
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  await reload(world, runner)
}
/** The window's timers go with it. */
const reload = async (world: ReturnType<typeof newWorld>, runner: DayRunner) => {
  const kept = new Map(world.kept)
  runner.close()
  world.kept.clear()
  world.clock.advance(tryAgainMs)
  for (const [key, value] of kept) world.kept.set(key, value)
}
const wishFor = (world: ReturnType<typeof newWorld>, id: string) =>
  begin(id, 20, world.clock.now() + world.ahead)

test('what is pressed stands here at once, and is told when the server has taken it', async () => {
  const world = newWorld()
  const runner = await opened(world)
  expect(runner.sight.value.plan?.ahead).toBe(world.ahead)
  const wish = wishFor(world, 'opning')
  runner.wish(wish)
  expect(runner.sight.value).toMatchObject({ running: wish, telling: 'sending' })
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.day).toMatchObject({ ...wish, revision: 1 })
})

test('without a network it runs here, says that nobody sees it, and is sent when there is one', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.cut = true
  const wish = wishFor(world, 'opning')
  runner.wish(wish)
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  expect(runner.sight.value.running).toEqual(wish)
  world.cut = false
  world.clock.advance(tryAgainMs)
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.day).toMatchObject({ activity: 'opning', revision: 1 })
})

test('an answer that got lost is no quarrel with oneself', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.deaf = true
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  world.deaf = false
  world.clock.advance(tryAgainMs)
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.day.revision).toBe(1)
})

test('another facilitator was first: theirs is shown, and nothing of it is undone', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.byAnother('ark')
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('overtaken'))
  expect(runner.sight.value.running).toMatchObject({ activity: 'ark' })
  expect(world.day).toMatchObject({ activity: 'ark', revision: 1 })
  // Pressed again, upon what is seen now, it is taken.
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.day).toMatchObject({ activity: 'opning', revision: 2 })
})

test('pressed again while it is being sent: the last one counts', async () => {
  const world = newWorld()
  const runner = await opened(world)
  let answer = (): void => undefined
  world.held = new Promise((done) => {
    answer = done
  })
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(world.sent).toHaveLength(1))
  runner.wish(wishFor(world, 'ark'))
  answer()
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.sent.map(({ activity: id }) => id)).toEqual(['opning', 'ark'])
  expect(world.day).toMatchObject({ activity: 'ark', revision: 2 })
})

test('pressed again upon what another has changed meanwhile: theirs stands', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.byAnother('ark')
  let answer = (): void => undefined
  world.held = new Promise((done) => {
    answer = done
  })
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(world.sent).toHaveLength(1))
  runner.wish(nothing)
  answer()
  await eventually(() => expect(runner.sight.value.telling).toBe('overtaken'))
  expect(world.sent).toHaveLength(1)
  expect(runner.sight.value.running).toMatchObject({ activity: 'ark' })
})

test('what was pressed without a network is told after the page was left', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.cut = true
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  runner.close()
  world.cut = false
  world.clock.advance(tryAgainMs)
  await eventually(() => expect(world.day).toMatchObject({ activity: 'opning', revision: 1 }))
  await eventually(() => expect(world.kept.has('loft-day-wish:kari')).toBe(false))
  // Then it rests.
  world.clock.advance(askEveryMs)
  world.byAnother('ark')
  expect(world.sent).toHaveLength(1)
})

test('what was pressed without a network outlives a reload, and is told', async () => {
  const world = newWorld()
  const wish = wishFor(world, 'opning')
  await pressedAndReloaded(world, wish)
  const runner = world.open()
  expect(runner.sight.value.running).toEqual(wish)
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  world.cut = false
  world.clock.advance(tryAgainMs)
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.day).toMatchObject({ ...wish, revision: 1 })
})

test('more time for what goes on outlives a reload, too', async () => {
  const world = newWorld()
  world.byAnother('ark')
  const runner = await opened(world)
  const { running } = runner.sight.value
  if (!running) throw new Error('nothing goes on')
  const wish = addMinutes(running, 5, world.clock.now() + world.ahead)
  world.cut = true
  runner.wish(wish)
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  await reload(world, runner)
  expect(world.open().sight.value.running?.endsAt).toBe(wish.endsAt)
})

test('what was pressed before a reload undoes nothing that another has done since', async () => {
  const world = newWorld()
  await pressedAndReloaded(world, wishFor(world, 'opning'))
  world.byAnother('ark')
  world.cut = false
  const runner = world.open()
  await eventually(() => expect(runner.sight.value.telling).toBe('overtaken'))
  expect(runner.sight.value.running).toMatchObject({ activity: 'ark' })
  expect(world.day).toMatchObject({ activity: 'ark', revision: 1 })
  expect(world.kept.has('loft-day-wish:kari')).toBe(false)
})

test('what was pressed the day before is not told, and what is gone with who signed out neither', async () => {
  const old = newWorld()
  await pressedAndReloaded(old, wishFor(old, 'opning'))
  old.clock.advance(forgottenMs)
  old.cut = false
  expect((await opened(old)).sight.value.running).toMatchObject({ activity: null })
  const left = newWorld()
  const runner = await opened(left)
  left.cut = true
  runner.wish(wishFor(left, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  runner.close()
  left.kept.clear()
  left.cut = false
  left.clock.advance(tryAgainMs)
  await Promise.resolve()
  expect([...old.sent, ...left.sent]).toEqual([])
})

test('pressed again after an answer that got lost: it goes on from there', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.deaf = true
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  world.deaf = false
  runner.wish(wishFor(world, 'ark'))
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.day).toMatchObject({ activity: 'ark', revision: 2 })
})

test.each([
  ['reloaded', true],
  ['left and opened again', false],
] as const)(
  'pressed again after an answer that got lost, and %s: it goes on from there',
  async (_, isReload) => {
    const world = newWorld()
    const runner = await opened(world)
    world.deaf = true
    runner.wish(wishFor(world, 'opning'))
    await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
    world.cut = true
    runner.wish(wishFor(world, 'ark'))
    await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
    if (isReload) await reload(world, runner)
    else runner.close()
    world.cut = false
    world.deaf = false
    const again = world.open()
    await eventually(() => expect(['told', 'overtaken']).toContain(again.sight.value.telling))
    expect(again.sight.value.telling).toBe('told')
    expect(world.day).toMatchObject({ activity: 'ark', revision: 2 })
  },
)

test('a server that was restored from before is followed, and takes what is pressed', async () => {
  const world = newWorld()
  const runner = await opened(world)
  for (const id of ['opning', 'ark', 'opning']) {
    runner.wish(wishFor(world, id))
    await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  }
  world.day = dayNotBegun(at.cohort, at.stop)
  runner.wish(wishFor(world, 'ark'))
  await eventually(() => expect(runner.sight.value.telling).toBe('overtaken'))
  runner.wish(wishFor(world, 'ark'))
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(world.day).toMatchObject({ activity: 'ark', revision: 1 })
  world.day = dayNotBegun(at.cohort, at.stop)
  world.clock.advance(askEveryMs)
  await eventually(() => expect(runner.sight.value.running).toMatchObject({ activity: null }))
})

test('what was asked before something was told undoes nothing of it', async () => {
  const world = newWorld()
  const runner = await opened(world)
  const { fetch } = world.deps
  const old = world.day
  let answer = (): void => undefined
  world.deps.fetch = (async () => {
    await new Promise<void>((done) => {
      answer = done
    })
    return json({ now: world.clock.now(), ...plan(), day: old })
  }) as typeof fetch
  world.clock.advance(askEveryMs)
  world.byAnother('ark')
  runner.hear({ day: world.day, ahead: 5 })
  world.deps.fetch = fetch
  answer()
  await new Promise((done) => setTimeout(done, 20))
  expect(runner.sight.value.running).toMatchObject({ activity: 'ark' })
})

test('what was pressed without a network and not told for long is not told any more', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.cut = true
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  world.clock.advance(forgottenMs + tryAgainMs)
  await new Promise((done) => setTimeout(done, 20))
  world.cut = false
  world.clock.advance(tryAgainMs)
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
  expect(runner.sight.value.running).toMatchObject({ activity: null })
  expect(world.sent).toEqual([])
})

test('however often the page is opened without a network, one of them tells', async () => {
  const world = newWorld()
  const first = await opened(world)
  world.cut = true
  first.wish(wishFor(world, 'opning'))
  await eventually(() => expect(first.sight.value.telling).toBe('untold'))
  first.close()
  for (let visit = 0; visit < 5; visit++) {
    const runner = world.open()
    await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
    runner.close()
  }
  world.cut = false
  world.deaf = true
  world.clock.advance(tryAgainMs)
  await new Promise((done) => setTimeout(done, 20))
  expect(world.sent).toHaveLength(1)
})

test('where nothing can be stored, what was pressed is told after the page was left', async () => {
  const world = newWorld()
  const deps = { ...world.deps, storage: null }
  const runner = createDayRunner(deps, at)
  onTestFinished(runner.close)
  await eventually(() => expect(runner.sight.value.plan).not.toBeNull())
  world.cut = true
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('untold'))
  runner.close()
  world.cut = false
  world.clock.advance(tryAgainMs)
  await eventually(() => expect(world.day).toMatchObject({ activity: 'opning', revision: 1 }))
})

test('that another one was first is said for a while', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.byAnother('ark')
  runner.wish(wishFor(world, 'opning'))
  await eventually(() => expect(runner.sight.value.telling).toBe('overtaken'))
  for (let passed = 0; passed < noticeMs; passed += askEveryMs) {
    expect(runner.sight.value.telling).toBe('overtaken')
    world.clock.advance(askEveryMs)
    await new Promise((done) => setTimeout(done, 20))
  }
  await eventually(() => expect(runner.sight.value.telling).toBe('told'))
})

test('what another does comes by asking, and by an event at once', async () => {
  const world = newWorld()
  const runner = await opened(world)
  world.byAnother('opning')
  world.clock.advance(askEveryMs)
  await eventually(() => expect(runner.sight.value.running).toMatchObject({ activity: 'opning' }))
  world.byAnother('ark')
  runner.hear({ day: world.day, ahead: 5 })
  expect(runner.sight.value.running).toMatchObject({ activity: 'ark' })
  expect(runner.sight.value.plan?.ahead).toBe(5)
  // An older one, and one of another gathering, change nothing.
  runner.hear({ day: { ...world.day, revision: 1, activity: 'opning' }, ahead: 5 })
  runner.hear({ day: { ...world.day, revision: 9, stop: 'g2', activity: null }, ahead: 5 })
  expect(runner.sight.value.running).toMatchObject({ activity: 'ark' })
})

test('opened again without a network it has the plan, and the time runs on', async () => {
  const world = newWorld()
  world.byAnother('ark')
  const { endsAt } = world.day
  ;(await opened(world)).close()
  world.cut = true
  const runner = world.open()
  expect(runner.sight.value.running).toMatchObject({ activity: 'ark', endsAt })
  await eventually(() => expect(runner.sight.value.failure).toBe('unreachable'))
  expect(runner.sight.value.plan?.plan.activities).toHaveLength(2)
})

test('what a portal answers is no plan', async () => {
  const world = newWorld()
  const deps = { ...world.deps, fetch: (async () => new Response('<html>')) as typeof fetch }
  const runner = createDayRunner(deps, at)
  onTestFinished(runner.close)
  await eventually(() => expect(runner.sight.value.failure).toBe('unreachable'))
  expect(runner.sight.value.plan).toBeNull()
})

test('a participant’s device keeps what it was told, and nothing where nothing goes on', async () => {
  const world = newWorld()
  const day = { ...world.day, ...begin('ark', 20, 5), revision: 1 }
  const answers = [
    { now: 100, days: [day] },
    { now: 200, days: [] },
  ]
  const deps = { ...world.deps, fetch: (async () => json(answers.shift())) as typeof fetch }
  expect(await readDays(deps)).toEqual({ days: [day], ahead: 100 - world.clock.now() })
  expect(storedDays(deps)?.days).toEqual([day])
  await readDays(deps)
  expect(world.kept.has(dayKey('kari'))).toBe(false)
})

test('the time that a group keeps by itself outlives a reload, and is forgotten when nobody touches it', () => {
  const { deps, clock, kept } = newWorld()
  const running = begin('ark', 20, clock.now())
  keepLocalDay(deps, 'heime', running)
  expect(storedLocalDay(deps)).toMatchObject({ stop: 'heime', running })
  clock.advance(forgottenMs)
  expect(storedLocalDay(deps)).toBeNull()
  keepLocalDay(deps, 'heime', nothing)
  expect([...kept.keys()]).toEqual([])
})

test('of what is heard twice, the newer of each stop stands', () => {
  const day = (stop: string, revision: number): DayState => ({
    ...dayNotBegun('kull-1', stop),
    revision,
  })
  const before = { days: [day('g1', 3), day('g2', 1)], ahead: 1 }
  const now = joined(before, { days: [day('g1', 2), day('g2', 2)], ahead: 7 })
  expect(now.days.map(({ stop, revision }) => [stop, revision])).toEqual([
    ['g1', 3],
    ['g2', 2],
  ])
  expect(now.ahead).toBe(7)
})
