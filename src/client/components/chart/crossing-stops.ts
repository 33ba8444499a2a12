import { spread } from './course.ts'

const edge = 30
const largest = 7
/** Between two stops, so that they never touch. */
const leastLeg = 22
/** Of an equal share: with many stops the longer legs are still seen to be longer. */
const leastShare = 0.7
/** A figure needs so much room. */
const perCharacter = 7.4
const gap = 4

/**
 * Where a journey's stops lie on a lane of this width: one behind each item's minutes. With nothing to spare the last item
 * ends at the quay and has no stop of its own. A leg without room for `15 min` says `15`, or nothing; one of them says what
 * the figures are.
 */
export const crossingStops = (
  legs: readonly { minutes: number; label: string }[],
  spare: number,
  width: number,
): {
  quays: [number, number]
  stops: { x: number; r: number }[]
  labels: Label[]
} => {
  const weights = legs.map(({ minutes }) => minutes)
  if (spare > 0 || legs.length === 0) weights.push(spare)
  const least = Math.min(leastLeg, (leastShare * (width - 2 * edge)) / weights.length)
  const at = spread([...weights, 0], edge, width - edge, least)
  const room = at.slice(1).map((x, index) => x - (at[index] ?? 0))
  return {
    quays: [edge, width - edge],
    stops: at.slice(1, -1).map((x) => ({ x, r: Math.min(largest, Math.min(...room) / 3) })),
    labels: withUnit(
      legs.flatMap(({ label, minutes }, index) => {
        const [x, wide] = [at[index] ?? 0, room[index] ?? 0]
        const text = [label, String(minutes)].find((one) => widthOf(one) + gap <= wide)
        return text ? [{ x: x + wide / 2, text, label }] : []
      }),
      width,
    ),
  }
}

interface Label {
  x: number
  text: string
}

const widthOf = (text: string): number => text.length * perCharacter

/** The last figure that has room for it beside its neighbours gets its word, if none has. */
const withUnit = (figures: readonly (Label & { label: string })[], width: number): Label[] => {
  const isWord = figures.some(({ text, label }) => text === label)
  const last = figures.findLastIndex(({ x, label }, index) => {
    const half = widthOf(label) / 2
    const reach = (other: Label | undefined): number => (other ? widthOf(other.text) / 2 + gap : 0)
    const [before, after] = [figures[index - 1], figures[index + 1]]
    const from = (before?.x ?? 0) + reach(before)
    const to = (after?.x ?? width) - reach(after)
    return x - half >= from && x + half <= to
  })
  return figures.map(({ x, text, label }, index) => ({
    x,
    text: !isWord && index === last ? label : text,
  }))
}
