import { balance } from './balance.ts'
import { picture } from './chart.ts'
import { compare } from './compare.ts'
import { crossing } from './crossing.ts'
import { bars, gap } from './figures.ts'
import type { Draw, Moment } from './kinds.ts'
import { layers } from './layers.ts'
import { list } from './list.ts'
import { sentence, title } from './opening.ts'
import { place } from './place.ts'
import { quays } from './quays.ts'
import { ringOfIslets } from './ring-of-islets.ts'

/** One frame of a film: an SVG of 1280 × 720. */
export function drawFrame(draw: Draw, moment: Moment): string {
  return picture(inside(draw, moment))
}

function inside(draw: Draw, moment: Moment): string {
  switch (draw.kind) {
    case 'title':
      return title(draw, moment)
    case 'quays':
      return quays(draw, moment)
    case 'crossing':
      return crossing(draw, moment)
    case 'compare':
      return compare(draw, moment)
    case 'bars':
      return bars(draw, moment)
    case 'gap':
      return gap(draw, moment)
    case 'layers':
      return layers(draw, moment)
    case 'ring':
      return ringOfIslets(draw, moment)
    case 'list':
      return list(draw, moment)
    case 'sentence':
      return sentence(draw, moment)
    case 'place':
      return place(draw, moment)
    case 'balance':
      return balance(draw, moment)
  }
}
