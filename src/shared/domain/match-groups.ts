/** A group that there is. Where somebody has written and nobody is left, `people` are those who were there. */
export interface EarlierGroup {
  id: string
  people: readonly string[]
  written: boolean
}

/**
 * Which group that there is each wanted one goes on from: the one with the most people in common,
 * and of two such the one in which somebody has written. Where somebody has written, at
 * least half of the people must stay, for who comes reads what the others have written. null = a new one.
 */
export const matchGroups = (
  earlier: readonly EarlierGroup[],
  wanted: readonly (readonly string[])[],
): (string | null)[] => {
  const pairs = earlier.flatMap(({ id, people, written }) =>
    wanted.flatMap((ids, index) => {
      const common = ids.filter((person) => people.includes(person)).length
      const isEnough = common > 0 && (!written || common * 2 >= people.length)
      return isEnough ? [{ id, index, common, written }] : []
    }),
  )
  const idByIndex = new Map<number, string>()
  const taken = new Set<string>()
  for (const { id, index } of pairs.sort(
    (a, b) => b.common - a.common || Number(b.written) - Number(a.written),
  )) {
    if (taken.has(id) || idByIndex.has(index)) continue
    taken.add(id)
    idByIndex.set(index, id)
  }
  return wanted.map((_, index) => idByIndex.get(index) ?? null)
}
