// A journey with stops: the ferry sails from one to the next.

import { COLOUR, dots, ferry, sound, stop, travelled, WIDTH, wake } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { seedOf, shore, through } from './shape.ts'
import { fitText, widthOf, write } from './text.ts'

export function crossing(draw: DrawByKind['crossing'], moment: Moment): string {
  const count = draw.stops.length
  const seed = seedOf(draw.stops.join())
  const water = sound(
    { from: -20, to: WIDTH + 20, lying: true },
    shore(seed, 18, 3),
    shore(seed + 9, 664, 3),
  )
  const space = count > 1 ? 900 / (count - 1) : 0
  const stops = draw.stops.map((_, i) => ({
    x: Math.round(190 + i * space),
    y: i % 2 === 0 ? 266 : 410,
  }))
  const way = through(
    [{ x: -60, y: 380 }, ...stops, { x: 1340, y: count % 2 === 0 ? 330 : 350 }],
    true,
  )

  // The first curve comes in from the edge, so stop n is the end of curve n.
  const here =
    (moment.step - 1 + (moment.step > 0 ? shown(moment.step, moment) : 1.55)) / (count + 1)
  const { done, left, at, angle } = travelled(way, here)
  const labels = stops.map((place, i) => {
    const reached = i + 1 < moment.step || (i + 1 === moment.step && moment.progress >= 1)
    const text = fitText(draw.stops[i] ?? '', {
      size: count > 4 ? 38 : 44,
      width: Math.min(420, count > 2 ? space * 2 - 60 : 420),
      lines: 2,
    })
    const x = Math.max(40, Math.min(place.x - 22, WIDTH - 40 - widthOf(text)))
    const y = i % 2 === 0 ? place.y - 66 - (text.lines.length - 1) * text.size * 1.2 : place.y + 96
    return write(text, {
      x,
      y: Math.round(y),
      weight: i + 1 === moment.step ? 640 : 560,
      fill: reached || i + 1 === moment.step ? COLOUR.white : COLOUR.soft,
    })
  })
  return (
    water +
    dots(left) +
    wake(done) +
    stops.map((place, i) => stop(place, i + 1 < moment.step, 1, 17)).join('') +
    ferry(at, angle, 2.5, moment.progress < 1 || moment.step === 0) +
    labels.join('')
  )
}
