// Points along a lane, as the line of the programme: what is said is travelled.

import { COLOUR, dots, ferry, HEIGHT, sound, stop, travelled, wake } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { mix, seedOf, shore, through } from './shape.ts'
import { fitText, heightOf, LEADING, write } from './text.ts'

export function list(draw: DrawByKind['list'], moment: Moment): string {
  const count = draw.points.length
  const seed = seedOf((draw.title ?? '') + draw.points.join())
  const water = sound(
    { from: -20, to: HEIGHT + 20, lying: false },
    shore(seed + 50, -30, 3.4),
    shore(seed, 278, 3.4),
    [34, 78],
  )
  const head = draw.title
    ? fitText(draw.title, { size: 68, least: 48, width: 860, lines: 2 })
    : null
  const top = head ? 136 + (head.lines.length - 1) * head.size * LEADING + 112 : 150
  const gap = count > 1 ? Math.min(128, (586 - top) / (count - 1)) : 0
  const stops = draw.points.map((_, i) => ({
    x: i % 2 === 0 ? 122 : 158,
    y: Math.round(top + i * gap),
  }))
  const way = through([{ x: 150, y: -60 }, ...stops, { x: 120, y: 790 }], false)
  const here = (moment.step > 0 ? moment.step - 1 + shown(moment.step, moment) : 0.55) / (count + 1)
  const { done, left, at, angle } = travelled(way, here)
  const points = draw.points.map((point, i) => {
    const drawn = shown(i + 1, moment)
    const text = fitText(point, {
      size: count > 4 ? 42 : count > 3 ? 48 : 54,
      width: 860,
      lines: gap > 100 || count < 3 ? 2 : 1,
    })
    const y = Math.round((stops[i]?.y ?? 0) - heightOf(text) / 2 + text.size * 0.73)
    return drawn > 0
      ? write(text, {
          x: Math.round(mix(344, 360, drawn)),
          y,
          weight: i + 1 === moment.step ? 620 : 500,
          opacity: drawn,
        })
      : ''
  })
  return (
    water +
    dots(left) +
    wake(done) +
    stops.map((place, i) => stop(place, i + 1 < moment.step)).join('') +
    ferry(at, angle, Math.max(1.4, Math.min(2.2, (gap || 140) / 54)), false) +
    (head ? write(head, { x: 360, y: 136, weight: 640, fill: COLOUR.white }) : '') +
    points.join('')
  )
}
