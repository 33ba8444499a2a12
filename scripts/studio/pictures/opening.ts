// Title and sentence: words on land, the ferry on its way beside them.

import {
  COLOUR,
  dots,
  ferry,
  fill,
  group,
  HEIGHT,
  sound,
  stroke,
  travelled,
  WIDTH,
  wake,
} from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { mix, type Point, profile, seedOf, shore, through } from './shape.ts'
import { fitText, heightOf, LEADING, write } from './text.ts'

export function title(draw: DrawByKind['title'], moment: Moment): string {
  const seed = seedOf(draw.title)
  const drawn = shown(1, moment)
  const far = profile(seed + 3, -20, WIDTH + 20, 452, [
    { x: 1010, h: 330, w: 330 },
    { x: 850, h: 190, w: 190 },
    { x: 1290, h: 250, w: 260 },
  ])
  const near = profile(seed + 8, -20, WIDTH + 20, 454, [
    { x: 1175, h: 190, w: 300 },
    { x: 905, h: 110, w: 190 },
    { x: 700, h: 50, w: 220 },
  ])
  const lying = { from: -20, to: WIDTH + 20, lying: true }
  const water = sound(lying, shore(seed, 446, 2, 0.35), shore(seed + 5, 800, 2))
  const way = through(
    [
      { x: -30, y: 600 },
      { x: 420, y: 568 },
      { x: 860, y: 596 },
      { x: 1320, y: 560 },
    ],
    true,
  )
  const { done, left, at, angle } = travelled(way, mix(0.42, 0.57, drawn))
  const head =
    draw.title.length > 14
      ? fitText(draw.title, { size: 88, least: 56, width: 700, lines: 2 })
      : fitText(draw.title, { size: 108, width: 700, lines: 1 })
  const sub = draw.sub ? fitText(draw.sub, { size: 46, width: 600, lines: 2 }) : null
  const y = head.lines.length > 1 ? 146 : 186
  return (
    fill(COLOUR.hill, far.area) +
    stroke(far.ridge, COLOUR.line, 3, 0.4) +
    stroke(far.strokes, COLOUR.line, 2.4, 0.2) +
    fill(COLOUR.land, near.area) +
    stroke(near.ridge, COLOUR.line, 3.5, 0.7) +
    stroke(near.strokes, COLOUR.line, 2.4, 0.35) +
    water +
    dots(left) +
    wake(done) +
    ferry(at, angle, 3) +
    group(
      drawn,
      write(head, { x: 84, y, weight: 640 }) +
        (sub
          ? write(sub, {
              x: 88,
              y: y + heightOf(head) - head.size * 0.73 + sub.size * LEADING + 26,
              weight: 480,
              fill: COLOUR.soft,
            })
          : ''),
    )
  )
}

export function sentence(draw: DrawByKind['sentence'], moment: Moment): string {
  const seed = seedOf(draw.text)
  const drawn = shown(1, moment)
  const standing = { from: -20, to: HEIGHT + 20, lying: false }
  const water = sound(standing, shore(seed, 960, 4), shore(seed + 5, 1480, 4))
  const way = through(
    [
      { x: 1190, y: 780 },
      { x: 1116, y: 480 },
      { x: 1168, y: 200 },
      { x: 1120, y: -60 },
    ],
    false,
  )
  const { done, left, at, angle } = travelled(way, mix(0.3, 0.44, drawn))
  const words = fitText(draw.text, { size: 84, least: 50, width: 790, lines: 4 })
  const middle: Point = { x: 84, y: 324 }
  return (
    water +
    dots(left) +
    wake(done) +
    ferry(at, angle, 2.6) +
    group(
      drawn,
      write(words, {
        x: middle.x,
        y: Math.round(middle.y - heightOf(words) / 2 + words.size * 0.73),
        weight: 620,
      }),
    )
  )
}
