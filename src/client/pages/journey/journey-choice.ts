/** The lengths that are offered, minutes. */
export const presets = [20, 45, 90, 300] as const

/** What this device was last asked for: nothing about a person but how far away they live. */
export interface JourneyChoice {
  /** `45`, `own`, or `to Førde`. */
  chosen: string
  own: number | null
  /** Minutes to each place, as the person has said. */
  places: Readonly<Record<string, number>>
}

export const toPlace = (place: string): string => `to ${place}`
export const placeOf = ({ chosen }: JourneyChoice): string | null =>
  chosen.startsWith('to ') ? chosen.slice(3) : null

const longest = 24 * 60
const isTime = (minutes: unknown): minutes is number =>
  typeof minutes === 'number' && Number.isInteger(minutes) && minutes > 0 && minutes <= longest

/** From what is stored, and the minutes in the address if there are any. A place that is no longer ahead is forgotten as a choice. */
export const readChoice = (
  stored: string | null,
  asked: string | undefined,
  places: readonly string[],
): JourneyChoice => {
  const kept = parse(stored)
  if (isTime(Number(asked))) return { ...kept, chosen: 'own', own: Number(asked) }
  const place = placeOf(kept)
  const known =
    place === null
      ? kept.chosen === 'own' || presets.some((minutes) => String(minutes) === kept.chosen)
      : places.includes(place)
  return known ? kept : { ...kept, chosen: '45' }
}

const parse = (stored: string | null): JourneyChoice => {
  const nothing: JourneyChoice = { chosen: '45', own: null, places: {} }
  try {
    const { chosen, own, places } = JSON.parse(stored ?? '{}') as Partial<JourneyChoice>
    return {
      chosen: typeof chosen === 'string' ? chosen : nothing.chosen,
      own: isTime(own) ? own : null,
      places: Object.fromEntries(Object.entries(places ?? {}).filter(([, time]) => isTime(time))),
    }
  } catch {
    return nothing
  }
}

/** Null until the person has said how long. */
export const minutesOf = (choice: JourneyChoice): number | null => {
  const place = placeOf(choice)
  if (place !== null) return choice.places[place] ?? null
  return choice.chosen === 'own' ? choice.own : Number(choice.chosen)
}

/** Says how long the chosen journey takes, where it has no length of its own; 0 or nonsense = not known any more. */
export const withMinutes = (choice: JourneyChoice, minutes: number): JourneyChoice => {
  const time = isTime(minutes) ? minutes : null
  const place = placeOf(choice)
  if (place === null) return { ...choice, own: time }
  const { [place]: _, ...others } = choice.places
  return { ...choice, places: time === null ? others : { ...others, [place]: time } }
}
