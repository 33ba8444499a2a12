// Figures as distances at sea: bars are lanes from the shore, a gap is a fjord that opens.

import { COLOUR, dots, ferry, fill, group, HEIGHT, sound, stroke } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { area, type Bounds, edge, mix, round, type Shore, seedOf, shore } from './shape.ts'
import { fitText, heightOf, write } from './text.ts'

const SHORE = 440,
  REACH = 1080

export function bars(draw: DrawByKind['bars'], moment: Moment): string {
  const seed = seedOf(draw.bars.map((bar) => bar.label).join())
  const water = sound(
    { from: -20, to: HEIGHT + 20, lying: false },
    shore(seed, SHORE - 4, 1.6, 0.7),
    shore(seed + 5, 1700, 3),
  )
  const most = Math.max(...draw.bars.map((bar) => bar.value), 0) || 1
  const unit = draw.unit ?? ''
  const short = unit.length <= 2
  const top = unit && !short ? 176 : 96
  const gap = Math.min(
    128,
    (draw.source ? 556 - top : 596 - top) / Math.max(draw.bars.length - 1, 1),
  )
  const start =
    top + Math.max(0, (draw.source ? 520 : 560) - top - gap * (draw.bars.length - 1)) / 2
  const rows = draw.bars.map((bar, i) => {
    const y = Math.round(start + i * gap)
    const drawn = shown(i + 1, moment)
    const here = i + 1 === moment.step
    const end = mix(
      SHORE + 16,
      SHORE + 16 + ((REACH - SHORE - 16) * Math.max(bar.value, 0)) / most,
      drawn,
    )
    const text = fitText(bar.label, { size: 38, width: SHORE - 120, lines: gap > 84 ? 2 : 1 })
    const figure = fitText(
      `${bar.value.toLocaleString('nb-NO')}${short && unit ? ` ${unit}` : ''}`,
      {
        size: 46,
        width: 240,
        lines: 1,
      },
    )
    const middle = (size: number, height: number): number =>
      Math.round(y - height / 2 + size * 0.73)
    return (
      write(text, {
        x: 84,
        y: middle(text.size, heightOf(text)),
        fill: drawn > 0 ? COLOUR.white : COLOUR.soft,
        opacity: mix(0.55, 1, drawn),
      }) +
      (drawn > 0 ? stroke(`M${SHORE + 16} ${y}H${round(end)}`, COLOUR.white, 18) : '') +
      (drawn > 0 && here ? ferry({ x: end, y }, 0, 1.7, false) : '') +
      group(
        drawn,
        write(figure, {
          x: Math.round(end + (here ? 66 : 26)),
          y: middle(figure.size, heightOf(figure)),
          weight: 640,
        }),
      )
    )
  })
  const heading =
    unit && !short
      ? write(fitText(unit, { size: 44, width: 760, lines: 1 }), {
          x: SHORE + 16,
          y: 98,
          weight: 520,
          fill: COLOUR.soft,
        })
      : ''
  return water + heading + rows.join('') + footnote(draw.source, SHORE + 16, 760)
}

export function gap(draw: DrawByKind['gap'], moment: Moment): string {
  const seed = seedOf(draw.up + draw.down)
  const drawn = shown(1, moment)
  const head = 84,
    mouth = 1320,
    reach = mix(head, mouth, drawn)
  const open = (x: number): number => Math.max(0, (x - head) / (mouth - head))
  const upper: Shore = shore(
    seed,
    (x) => 352 - 250 * open(x) ** 1.5 - 12 * Math.min(1, open(x) * 20),
    2,
    0.55,
  )
  const lower: Shore = shore(
    seed + 7,
    (x) => 352 + 190 * open(x) ** 1.35 + 12 * Math.min(1, open(x) * 20),
    2,
    0.55,
  )
  const bounds: Bounds = { from: head, to: Math.max(head + 12, reach), lying: true, step: 8 }
  const fjord =
    fill(COLOUR.shallow, area(bounds, upper, lower)) +
    fill(COLOUR.middle, area(bounds, upper, lower, 32)) +
    fill(COLOUR.deep, area(bounds, upper, lower, 78)) +
    stroke(edge(bounds, upper), COLOUR.white, 7) +
    stroke(edge(bounds, lower), COLOUR.line, 7)
  const x = 1090,
    a = { x, y: upper(x) + 22 },
    b = { x, y: lower(x) - 22 }
  const arrived = Math.max(0, drawn * 1.25 - 0.25)
  const up = fitText(draw.up, { size: 52, least: 40, width: 600, lines: 2 }),
    down = fitText(draw.down, { size: 52, least: 40, width: 600, lines: 2 })
  return (
    fjord +
    (drawn >= 0.95 ? dots([[a, a, b, b]]) : '') +
    (drawn > 0
      ? ferry({ x: mix(220, 830, arrived), y: mix(352, 330, arrived) }, -1, mix(0.9, 2.6, arrived))
      : '') +
    write(up, { x: head, y: 214 - (up.lines.length - 1) * 62, weight: 620 }) +
    write(down, { x: head, y: 478, weight: 620, fill: COLOUR.line }) +
    write(fitText(String(draw.from), { size: 36, width: 300, lines: 1 }), {
      x: head,
      y: 594,
      weight: 480,
      fill: COLOUR.soft,
    }) +
    group(
      drawn,
      write(fitText(String(draw.to), { size: 36, width: 300, lines: 1 }), {
        x: 1204,
        y: 594,
        weight: 480,
        fill: COLOUR.soft,
        anchor: 'end',
      }),
    ) +
    footnote(draw.source, head, 1080)
  )
}

function footnote(source: string | undefined, x: number, width: number): string {
  return source
    ? write(fitText(source, { size: 34, least: 28, width, lines: 1 }), {
        x,
        y: 668,
        weight: 440,
        fill: COLOUR.soft,
      })
    : ''
}
