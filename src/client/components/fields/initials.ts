/** Two letters for a role and place: `HR-leiar` HR, `Kommunedirektør, Stord` KS, `Hovudtillitsvald` HO. */
export const initialsOf = (name: string): string => {
  const capitals = name.match(/^\p{Lu}{2}/u)?.[0]
  if (capitals) return capitals
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const [first = '', second = ''] = words
  const letters = second ? first.slice(0, 1) + second.slice(0, 1) : first.slice(0, 2)
  return letters.toLocaleUpperCase('nb')
}
