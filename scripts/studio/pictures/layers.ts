// What lies under the surface: a cut through the sea, one layer upon the other; each lifts the ferry.

import { COLOUR, fill, group, HEIGHT, stroke, WIDTH } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { edge, profile, round, seedOf, shore } from './shape.ts'
import { fitText, heightOf, write } from './text.ts'

const BED = 618,
  SURFACE = 176
const WATERS = ['#0d3a45', '#104450', '#144f5c', '#185a68', '#1d6675']

export function layers(draw: DrawByKind['layers'], moment: Moment): string {
  const seed = seedOf(draw.layers.join())
  const tall = Math.min(112, (BED - SURFACE) / draw.layers.length)
  const bounds = { from: -20, to: WIDTH + 20, lying: true }
  const range = profile(seed + 2, -20, WIDTH + 20, BED + 20, [
    { x: 190, h: 470, w: 420 },
    { x: 520, h: 560, w: 470 },
    { x: 840, h: 330, w: 330 },
    { x: -60, h: 330, w: 300 },
  ])
  let top = BED
  const bands = draw.layers.map((label, i) => {
    const drawn = shown(i + 1, moment)
    if (drawn <= 0) return ''
    const foot = top
    top -= tall * drawn
    const d = edge(bounds, shore(seed + i * 13, top, 3, 0.34))
    const text = fitText(label, { size: 44, width: 700, lines: 1 })
    return (
      `<path fill="${WATERS[i % WATERS.length]}" d="${d}L${WIDTH + 20} ${foot + 40}L-20 ${foot + 40}Z"/>` +
      stroke(d, COLOUR.line, 3, 0.55) +
      group(
        drawn * drawn,
        write(text, {
          x: 84,
          y: Math.round(foot - tall / 2 - heightOf(text) / 2 + text.size * 0.73 + 2),
          weight: 580,
        }),
      )
    )
  })
  const bed = edge(bounds, shore(seed + 90, BED, 3, 0.5))
  const waterline = round(top - 4)
  const waves = Array.from(
    { length: 5 },
    (_, i) =>
      `M${930 - i * 3 + (i % 2) * 120} ${waterline + 22 + Math.floor(i / 2) * 20}q15-10 30 0t30 0t30 0`,
  )
    .slice(0, 2)
    .join('')
  // Higher layers must not cover the words of lower ones: they are drawn first.
  return (
    fill(COLOUR.hill, range.area) +
    stroke(range.ridge, COLOUR.line, 3, 0.4) +
    stroke(range.strokes, COLOUR.line, 2.4, 0.18) +
    bands.reverse().join('') +
    fill(COLOUR.land, `${bed}L${WIDTH + 20} ${HEIGHT}L-20 ${HEIGHT}Z`) +
    stroke(bed, COLOUR.line, 4, 0.85) +
    (moment.step > 0 ? stroke(waves, COLOUR.line, 3, 0.5) : '') +
    side(waterline)
  )
}

/** The ferry from the side, its waterline at y. */
function side(y: number): string {
  return (
    `<g transform="translate(880 ${round(y - 104)}) scale(1.9)" stroke="${COLOUR.ink}" stroke-width="1.7" stroke-linejoin="round" stroke-linecap="round" fill="${COLOUR.lamp}">` +
    '<path d="M12 40 28 58h124l16-18z"/><path d="M27 40V26h126v14M46 26V16h88v10M76 16V5h28v11z"/><path fill="none" d="M12 40h156"/></g>' +
    `<g transform="translate(880 ${round(y - 104)}) scale(1.9)" fill="${COLOUR.ink}"><path d="M36 30h11v6H36zM54 30h11v6H54zM72 30h11v6H72zM97 30h11v6H97zM115 30h11v6h-11zM133 30h11v6h-11zM80 8h20v4H80zM54 19h9v4h-9zM117 19h9v4h-9z"/></g>`
  )
}
