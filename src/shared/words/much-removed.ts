import { spliceBetween } from './text-splice.ts'

/** So many code units of another's text are much, however long it is. */
const muchUnits = 40

/** How many code units are gone from a text, net of what stands in their place; null if that is not much: less than 40, and less than half. */
export const muchRemoved = (before: string, after: string): number | null => {
  const splice = spliceBetween(before, after)
  if (splice === null) return null
  const gone = splice.remove - splice.insert.length
  return gone >= muchUnits || (gone > 0 && gone * 2 >= before.length) ? gone : null
}
