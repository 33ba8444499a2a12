// Setting text without a browser: widths of Inter are kept in a table, so that a picture stays a pure function.
import { COLOUR } from './chart.ts'

export type Block = { lines: string[]; size: number }

type Style = {
  x: number
  y: number
  weight?: number
  fill?: string
  opacity?: number
  anchor?: 'start' | 'middle' | 'end'
}

/** Leading in parts of the size. */
export const LEADING = 1.2

/**
 * Breaks the text so that it fits `width` and `lines`, first at `size`, then smaller; below `least` it takes more
 * lines instead, since a text must never run out of the picture.
 */
export function fitText(
  words: string | number,
  {
    size,
    least = 34,
    width,
    lines,
  }: { size: number; least?: number; width: number; lines: number },
): Block {
  const text = String(words) // a year in a script is a number to YAML
  for (let s = size; s >= least; s -= 2) {
    const broken = wrap(text, s, width)
    if (broken.length <= lines && broken.every((line) => measure(line, s) <= width))
      return { lines: balance(text, s, width, broken), size: s }
  }
  let s = least
  while (s > 20 && wrap(text, s, width).some((line) => measure(line, s) > width)) s -= 1
  return { lines: wrap(text, s, width), size: s }
}

/** `y` is the baseline of the first line. */
export function write(
  { lines, size }: Block,
  { x, y, weight = 560, fill = COLOUR.white, opacity = 1, anchor = 'start' }: Style,
): string {
  const spacing = size >= 40 ? '-.022em' : '-.008em'
  const spans = lines.map(
    (line, i) =>
      `<tspan x="${x}" y="${Math.round(y + i * size * LEADING)}">${escapeMarkup(line)}</tspan>`,
  )
  return `<text font-size="${size}" font-weight="${weight}" letter-spacing="${spacing}" word-spacing=".05em" fill="${fill}" text-anchor="${anchor}"${opacity < 1 ? ` opacity="${opacity.toFixed(2)}"` : ''}>${spans.join('')}</text>`
}

/** Width of the widest line in pixels. */
export function widthOf({ lines, size }: Block): number {
  return Math.max(0, ...lines.map((line) => measure(line, size)))
}

/** From the first line's cap height to the last baseline. */
export function heightOf({ lines, size }: Block): number {
  return size * 0.73 + (lines.length - 1) * size * LEADING
}

function measure(line: string, size: number): number {
  let sum = 0
  for (const char of line) sum += WIDTHS.get(char) ?? 60
  return (sum * size) / 100
}

function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = current ? `${current} ${word}` : word
    if (current && measure(longer, size) > width) {
      lines.push(current)
      current = word
    } else current = longer
  }
  return current ? [...lines, current] : lines
}

/** The narrowest measure that gives the same number of lines: no lonely last word. */
function balance(text: string, size: number, width: number, broken: string[]): string[] {
  let best = broken
  for (let w = width - 10; w > width / 3 && best.length > 1; w -= 10) {
    const lines = wrap(text, size, w)
    if (lines.length > broken.length || lines.some((line) => measure(line, size) > w)) break
    best = lines
  }
  return best
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

// Advance widths in hundredths of the size, measured in Chromium at weight 600.
const WIDTHS = new Map<string, number>()
for (const [width, chars] of [
  [21, '’'],
  [23, ' ijl'],
  [24, '!,.:;·'],
  [25, 'I'],
  [27, "'"],
  [31, 'ft'],
  [32, '()'],
  [35, '/'],
  [36, 'r'],
  [38, '1'],
  [40, '“”'],
  [44, '-'],
  [45, '"'],
  [50, 's–'],
  [51, 'z'],
  [53, 'x'],
  [54, 'ackvyåä§'],
  [55, '?JLeéè'],
  [56, '7'],
  [57, 'Fhnouøòóôüö'],
  [59, '25bdgpq«»'],
  [60, '8E'],
  [61, '369'],
  [63, '&PTZ'],
  [64, '04BRS'],
  [65, '+<=>×−'],
  [67, 'KY'],
  [68, 'X'],
  [70, 'ADUÅ'],
  [71, 'HV…'],
  [72, 'CN'],
  [73, 'G'],
  [75, 'OQØ'],
  [80, 'w½'],
  [87, 'm'],
  [88, 'Mæ'],
  [91, '%'],
  [100, 'WÆ—'],
] as const)
  for (const char of chars) WIDTHS.set(char, width)
