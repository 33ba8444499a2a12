// An islet in the middle and its neighbours, each with a lane to it.

import { COLOUR, dots, ferry, group, sea, shallows, skerry, stroke, WIDTH } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { type Curve, cut, edge, mix, type Point, seedOf, shore } from './shape.ts'
import { fitText, heightOf, widthOf, write } from './text.ts'

const CENTRE: Point = { x: 640, y: 314 },
  RY = 50,
  NAME = 290
const PLACES: Record<number, [number, number][]> = {
  3: [
    [-420, -150],
    [420, -150],
    [0, 214],
  ],
  4: [
    [-420, -200],
    [420, -200],
    [420, 190],
    [-420, 190],
  ],
  5: [
    [-340, -220],
    [340, -220],
    [446, 70],
    [0, 226],
    [-446, 70],
  ],
  6: [
    [-262, -222],
    [262, -222],
    [452, 0],
    [262, 222],
    [-262, 222],
    [-452, 0],
  ],
}

export function ringOfIslets(draw: DrawByKind['ring'], moment: Moment): string {
  const count = Math.min(Math.max(draw.around.length, 3), 6)
  const seed = seedOf(draw.centre)
  const middle = Math.max(
    140,
    widthOf(fitText(draw.centre, { size: 44, width: 300, lines: 2 })) / 2 + 46,
  )
  const lying = { from: -20, to: 1300, lying: true }
  const coast =
    stroke(edge(lying, shore(seed, 684, 3)), COLOUR.line, 2, 0.25) +
    stroke(edge(lying, shore(seed + 3, -4, 3)), COLOUR.line, 2, 0.25)
  const around = draw.around.slice(0, 6).map((label, i) => {
    const [dx, dy] = PLACES[count]?.[i] ?? [0, 0]
    const rx = Math.max(112, widthOf(fitText(label, { size: 38, width: NAME, lines: 2 })) / 2 + 44)
    const x = Math.min(Math.max(CENTRE.x + dx, rx + 26), WIDTH - rx - 26)
    return { label, rx, at: { x, y: CENTRE.y + dy }, drawn: shown(i + 1, moment) }
  })
  const curves = around.map(({ at }): Curve => {
    const bend = {
      x: mix(at.x, CENTRE.x, 0.45) + (at.y - CENTRE.y) * 0.16,
      y: mix(at.y, CENTRE.y, 0.45) - (at.x - CENTRE.x) * 0.06,
    }
    return [at, bend, bend, CENTRE]
  })
  const here = curves[moment.step - 1]
  // The ferry lies where the lane is open water between the two islets.
  const boat = here ? cut(here, mix(0.3, 0.53, shown(moment.step, moment))) : null
  const islets = around.map((islet, i) => ({ ...islet, seed: seed + i * 17 }))
  return (
    sea() +
    coast +
    islets.map(({ at, drawn, seed, rx }) => group(drawn, shallows(seed, at, rx, RY))).join('') +
    shallows(seed + 40, CENTRE, middle, 64) +
    around.map(({ drawn }, i) => dots(curves[i] ? [curves[i]] : [], drawn)).join('') +
    islets
      .map(({ label, at, drawn, seed, rx }) =>
        drawn > 0 ? skerry(seed, at, rx, RY) + group(drawn, name(label, at, NAME, 38, 540)) : '',
      )
      .join('') +
    skerry(seed + 40, CENTRE, middle, 64) +
    name(draw.centre, CENTRE, 300, 44, 640) +
    (boat ? ferry(boat.at, boat.angle, 1.35, false) : '')
  )
}

function name(label: string, { x, y }: Point, width: number, size: number, weight: number): string {
  const text = fitText(label, { size, width, lines: 2, least: 34 })
  return write(text, {
    x,
    y: Math.round(y - heightOf(text) / 2 + text.size * 0.73),
    weight,
    anchor: 'middle',
  })
}
