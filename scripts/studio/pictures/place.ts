// A drawn place or thing, above the water and with the look of the text's own drawings.
import { readFileSync } from 'node:fs'
import { COLOUR, group, sound, WIDTH } from './chart.ts'
import type { DrawByKind, Moment } from './kinds.ts'
import { shown } from './kinds.ts'
import { seedOf, shore } from './shape.ts'
import { fitText, write } from './text.ts'

/** Where the drawing's ground line lies, in its own units, and how large it is shown. */
const GROUND: Record<string, { y: number; scale: number }> = {
  bus: { y: 70, scale: 4.2 },
  ferry: { y: 62, scale: 4 },
  'cabin-lamp': { y: 84, scale: 4.6 },
  table: { y: 109, scale: 3.5 },
  forde: { y: 84, scale: 4.4 },
  stord: { y: 84, scale: 4.4 },
}
const AFLOAT = new Set(['ferry', 'stord', 'forde'])
const FOOT = 556

export function place(draw: DrawByKind['place'], moment: Moment): string {
  const ground = GROUND[draw.drawing]
  if (!ground) throw new Error(`no drawing called ${draw.drawing}`)
  const { inside, width } = load(draw.drawing)
  const seed = seedOf(draw.drawing + (draw.caption ?? ''))
  const drawn = shown(1, moment)
  const afloat = AFLOAT.has(draw.drawing)
  const water = sound(
    { from: -20, to: WIDTH + 20, lying: true },
    shore(seed, afloat ? FOOT + 2 : FOOT + 48, 3, afloat ? 0.12 : 0.5),
    shore(seed + 4, 900, 3),
    [34, 84],
  )
  const x = WIDTH - 84 - width * ground.scale
  const art = `<g fill="none" stroke="${COLOUR.white}" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round" transform="translate(${x} ${FOOT - ground.y * ground.scale}) scale(${ground.scale})">${inside}</g>`
  const caption = draw.caption
    ? fitText(draw.caption, {
        size: 66,
        least: 44,
        width: draw.caption.length > 34 ? 760 : 620,
        lines: 2,
      })
    : null
  return (
    `${water}${group(Math.max(drawn, 0.01), art)}` +
    (caption ? group(drawn, write(caption, { x: 84, y: 132, weight: 620 })) : '')
  )
}

function load(name: string): { inside: string; width: number } {
  const svg = readFileSync(new URL(`../drawings/${name}.svg`, import.meta.url), 'utf8')
  const inside = svg.replace(/^[\s\S]*?<\/style>/, '').replace(/<\/svg>\s*$/, '')
  const chalked = inside.replace(/class="([^"]*)"/g, (_, names: string) =>
    names
      .split(' ')
      .map((name) => CHALK[name] ?? '')
      .join(' '),
  )
  return { inside: chalked, width: Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1] ?? 200) }
}

// The drawings are made in ink on paper; at sea at night they are chalk on land. Attributes, not a style element: the
// poster must look right where no inline style is allowed.
const CHALK: Record<string, string> = {
  f1: `fill="${COLOUR.land}"`,
  f2: `fill="${COLOUR.land}"`,
  fs: 'fill="#0f3843"',
  fw: 'fill="#1a5462"',
  fd: `fill="${COLOUR.shallow}"`,
  fl: `fill="${COLOUR.lamp}" stroke="${COLOUR.ink}"`,
  thin: 'stroke-width=".9"',
  soft: 'opacity=".5"',
  n: 'stroke="none"',
}
