// Two shores and the strait between them: one thing against another, point by point.

import { COLOUR, dots, ferry, group, HEIGHT, sound, stroke, travelled, wake } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown, stepsOf } from './kinds.ts'
import { mix, seedOf, shore, through } from './shape.ts'
import { type Block, fitText, heightOf, LEADING, write } from './text.ts'

const LEFT = 84,
  RIGHT = 816,
  MEASURE = 400,
  MIDDLE = 318,
  UNDER_TITLE = 92

export function compare(draw: DrawByKind['compare'], moment: Moment): string {
  const seed = seedOf(draw.left.title + draw.right.title)
  const water = sound(
    { from: -20, to: HEIGHT + 20, lying: false },
    shore(seed, 528, 3.4),
    shore(seed + 5, 752, 3.4),
    [28, 62],
  )
  const steps = stepsOf({ kind: 'compare', ...draw })
  const way = through(
    [
      { x: 628, y: -60 },
      { x: 660, y: 190 },
      { x: 622, y: 440 },
      { x: 652, y: 780 },
    ],
    false,
  )
  const before = Math.max(moment.step - 1, 0),
    share = mix(before, moment.step, moment.step ? shown(moment.step, moment) : 1) / steps
  const { done, left, at, angle } = travelled(way, mix(0.16, 0.76, share))
  const titles = [draw.left.title, draw.right.title].map((text) =>
    fitText(text, { size: 54, least: 40, width: MEASURE, lines: 2 }),
  )
  const tall = Math.max(...titles.map((block) => block.lines.length))
  const second = draw.left.points.length + 1
  const points = [draw.left, draw.right].map(({ points }) => set(points))
  const high = Math.max(
    ...points.map(
      (blocks) =>
        blocks.reduce((sum, block) => sum + heightOf(block), 0) +
        apart(blocks) * (blocks.length - 1),
    ),
  )
  const top = Math.max(96, MIDDLE - (UNDER_TITLE + high + (tall - 1) * 64) / 2 + 20)
  return (
    water +
    dots(left) +
    wake(done) +
    ferry(at, angle, 2.3) +
    side(points[0], LEFT, top, titles[0], tall, 1, moment, 1) +
    side(points[1], RIGHT, top, titles[1], tall, second, moment, shown(second, moment))
  )
}

/** Few points may be large. */
function set(points: string[]): Block[] {
  const size = points.length > 3 ? 38 : points.length > 2 ? 42 : 46
  return points.map((point) => fitText(point, { size, width: MEASURE - 44, lines: 2 }))
}

const apart = (blocks: Block[]): number => (blocks.length > 3 ? 40 : 52)

function side(
  points: Block[] = [],
  x: number,
  top: number,
  head: Block | undefined,
  tall: number,
  first: number,
  moment: Moment,
  opacity: number,
): string {
  if (!head) return ''
  let y = top + (tall - 1) * head.size * LEADING + UNDER_TITLE
  const lines = points.map((text, i) => {
    const drawn = shown(first + i, moment)
    const line = group(
      drawn,
      stroke(
        `M${x + 3} ${Math.round(y - text.size * 0.36)}h${Math.round(20 * drawn)}`,
        COLOUR.line,
        6,
      ) + write(text, { x: x + 44, y: Math.round(y), weight: 520 }),
    )
    y += heightOf(text) + apart(points)
    return line
  })
  return (
    group(
      opacity,
      write(head, {
        x,
        y: Math.round(top + (tall - head.lines.length) * head.size * LEADING),
        weight: 640,
      }),
    ) + lines.join('')
  )
}
