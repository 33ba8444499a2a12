// A pair of scales on a sea mark: two things that must be weighed. It swings before it settles.

import { COLOUR, fill, islet, sea, stroke } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { edge, ring, round, seedOf, shore } from './shape.ts'
import { fitText, heightOf, write } from './text.ts'

const PIVOT = { x: 640, y: 150 },
  ARM = 360,
  HANG = 150

export function balance(draw: DrawByKind['balance'], moment: Moment): string {
  const seed = seedOf(draw.left + draw.right)
  const goal = draw.tilt === 'left' ? -13 : draw.tilt === 'right' ? 13 : 0
  const settled = moment.step > 0 ? moment.progress : 0
  const start = goal === 0 ? -10 : 0
  const degrees =
    settled >= 1
      ? goal
      : goal + (start - goal) * (1 - settled) ** 1.5 * Math.cos(settled * Math.PI * 1.6)
  const turn = (degrees * Math.PI) / 180,
    dx = ARM * Math.cos(turn),
    dy = ARM * Math.sin(turn)
  const lying = { from: -20, to: 1300, lying: true }
  const coast = [700, 640]
    .map((y, i) => stroke(edge(lying, shore(seed + i, y, 3)), COLOUR.line, 2, 0.25))
    .join('')
  const base = { x: PIVOT.x, y: 600 }
  return (
    sea() +
    coast +
    islet(seed + 3, base, 190, 34) +
    fill(
      COLOUR.white,
      `M${base.x - 34} ${base.y - 12}L${PIVOT.x - 9} ${PIVOT.y}h18L${base.x + 34} ${base.y - 12}Z`,
    ) +
    fill(COLOUR.land, `M${base.x - 27} 470h54l3 34h-60zM${base.x - 20.5} 350h41l3.600 36h-48z`) +
    stroke(
      `M${round(PIVOT.x - dx)} ${round(PIVOT.y - dy)}L${round(PIVOT.x + dx)} ${round(PIVOT.y + dy)}`,
      COLOUR.white,
      12,
    ) +
    pan(draw.left, PIVOT.x - dx, PIVOT.y - dy, seed) +
    pan(draw.right, PIVOT.x + dx, PIVOT.y + dy, seed + 5) +
    `<circle cx="${PIVOT.x}" cy="${PIVOT.y}" r="30" fill="${COLOUR.lamp}" stroke="${COLOUR.ink}" stroke-width="5"/>`
  )
}

function pan(label: string, x: number, y: number, seed: number): string {
  const text = fitText(label, { size: 46, width: 320, lines: 2, least: 36 })
  const top = y + HANG
  return (
    stroke(
      `M${round(x)} ${round(y)}L${round(x - 150)} ${round(top)}M${round(x)} ${round(y)}L${round(x + 150)} ${round(top)}`,
      COLOUR.line,
      3,
    ) +
    `<path fill="${COLOUR.land}" stroke="${COLOUR.line}" stroke-width="4" stroke-linejoin="round" d="${ring(seed, { x, y: top + 64 }, 190, 66, 0.05)}"/>` +
    `<circle cx="${round(x)}" cy="${round(y)}" r="10" fill="${COLOUR.white}"/>` +
    write(text, {
      x: round(x),
      y: Math.round(top + 64 - heightOf(text) / 2 + text.size * 0.73),
      weight: 600,
      anchor: 'middle',
    })
  )
}
