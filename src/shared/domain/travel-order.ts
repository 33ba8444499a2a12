import type { Outline, OutlineItem } from './outline.ts'

/** All items of the programme in the order of travel, stop by stop, the tracks' last. */
export const allItems = (outline: Outline): OutlineItem[] => {
  const stops = outline.stops.map(({ id }) => id)
  const travel = outline.modules
    .flatMap((module) => module.items)
    .toSorted((a, b) => stops.indexOf(a.stop ?? '') - stops.indexOf(b.stop ?? ''))
  return [...travel, ...outline.tracks.flatMap((track) => track.items)]
}
