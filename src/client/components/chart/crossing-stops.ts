import { spread } from './course.ts'

const edge = 30
const largest = 7
/** Between two stops, so that they never touch. */
const leastLeg = 22
/** Of an equal share: with many stops the longer legs are still seen to be longer. */
const leastShare = 0.7
/** A figure needs so much room. */
const perCharacter = 7.4
const between = 4

/**
 * Where a journey's stops lie on a lane of this width: one behind each item's minutes. With nothing to spare the last item
 * ends at the quay and has no stop of its own. A leg without room for `15 min` says `15`, or nothing.
 */
export const crossingStops = (
  legs: readonly { minutes: number; label: string }[],
  spare: number,
  width: number,
): {
  quays: [number, number]
  stops: { x: number; r: number }[]
  labels: { x: number; text: string }[]
} => {
  const weights = legs.map(({ minutes }) => minutes)
  if (spare > 0 || legs.length === 0) weights.push(spare)
  const least = Math.min(leastLeg, (leastShare * (width - 2 * edge)) / weights.length)
  const at = spread([...weights, 0], edge, width - edge, least)
  const room = at.slice(1).map((x, index) => x - (at[index] ?? 0))
  const r = Math.min(largest, Math.min(...room) / 3)
  return {
    quays: [edge, width - edge],
    stops: at.slice(1, -1).map((x) => ({ x, r })),
    labels: legs.flatMap(({ label, minutes }, index) => {
      const fits = [label, String(minutes)].find(
        (text) => text.length * perCharacter + between <= (room[index] ?? 0),
      )
      return fits ? [{ x: (at[index] ?? 0) + (room[index] ?? 0) / 2, text: fits }] : []
    }),
  }
}
