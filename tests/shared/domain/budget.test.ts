import { expect, test } from 'vitest'
import { countBudget, type Measurable } from '../../../src/shared/domain/budget.ts'

const title = { nn: 'T', nb: 'T' }
const item = (minutes: number, stop: string | null, audiences: string[], deepening = false) => ({
  minutes,
  stop,
  audiences,
  depth: deepening ? ('fordjuping' as const) : ('required' as const),
})
const both = ['leiarar', 'hr']

const outline: Measurable = {
  audiences: [{ id: 'leiarar' }, { id: 'hr' }, { id: 'folkevalde' }],
  stops: [
    { id: 'forarbeid', kind: 'own', title },
    { id: 'samling', kind: 'gathering', title, minutes: 450 },
  ],
  modules: [
    {
      id: 'strategi',
      items: [
        item(10, 'forarbeid', both),
        item(7, 'forarbeid', ['leiarar']),
        item(90, 'samling', both),
        item(5, 'forarbeid', both, true),
      ],
    },
    { id: 'leiing', items: [item(20, 'forarbeid', both), item(60, 'samling', ['hr'])] },
  ],
  tracks: [
    {
      id: 'folkevalde',
      audience: 'folkevalde',
      maxMinutes: 120,
      meeting: { minutes: 180 },
      items: [item(9, null, ['folkevalde']), item(3, null, ['folkevalde'], true)],
    },
  ],
}

test('a gathering counts once, and the items at it add nothing', () => {
  const [leaders] = countBudget(outline)
  expect(leaders).toEqual({
    audience: 'leiarar',
    modules: [
      { module: 'strategi', minutes: 17 },
      { module: 'leiing', minutes: 20 },
    ],
    stops: [{ stop: 'samling', minutes: 450 }],
    track: null,
    required: 487,
    fordjuping: 5,
  })
})

test('an audience does not pay for items that are not for it', () => {
  expect(countBudget(outline).map(({ audience, required }) => [audience, required])).toContainEqual(
    ['hr', 480],
  )
})

test('an audience with a track has only the track, with its meeting beside', () => {
  expect(countBudget(outline)[2]).toEqual({
    audience: 'folkevalde',
    modules: [],
    stops: [],
    track: { track: 'folkevalde', minutes: 9, maxMinutes: 120, meeting: 180 },
    required: 9,
    fordjuping: 3,
  })
})
