import type { Scalar } from '../../../shared/words/plain.ts'

/** All of the field's options in the order the answer gives; new ones last, withdrawn ones left out. */
export const rankedIds = (value: Scalar, optionIds: readonly string[]): string[] => {
  const stored = Array.isArray(value) ? value.filter((id) => optionIds.includes(id)) : []
  return [...new Set([...stored, ...optionIds])]
}

/** Moves an id by one place up (−1) or down (1); the same list if it stands at the end. */
export const movedBy = (ids: readonly string[], id: string, step: -1 | 1): string[] => {
  const from = ids.indexOf(id)
  const other = ids[from + step]
  if (from < 0 || other === undefined) return [...ids]
  const moved = [...ids]
  moved[from] = other
  moved[from + step] = id
  return moved
}

/** Adds or takes away a tick. Ticks of withdrawn options stay, so that they are there if the option returns. */
export const toggled = (value: Scalar, id: string): string[] => {
  const stored = Array.isArray(value) ? value : []
  return stored.includes(id) ? stored.filter((other) => other !== id) : [...stored, id]
}

export const isTicked = (value: Scalar, id: string): boolean =>
  Array.isArray(value) && value.includes(id)
