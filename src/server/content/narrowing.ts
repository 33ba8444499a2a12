import { narrows } from '../../shared/domain/narrowing.ts'
import { childOf, idOf, type Located } from './located.ts'
import type { Problems } from './problem.ts'

/** Fields of an overlay that would show answers to more people than the base did, or could not read them. */
export const checkNarrowing = (base: Located, merged: Located, problems: Problems): void => {
  const before = fieldsById(base)
  for (const [id, field] of fieldsById(merged)) {
    const old = before.get(id)
    if (!old) continue
    for (const [key, code] of [
      ['sees', 'overlay-widens'],
      ['kind', 'overlay-kind'],
    ] as const) {
      const [was, is] = [childOf(old, key), childOf(field, key)]
      if (typeof was?.value !== 'string' || typeof is?.value !== 'string') continue
      const keeps = key === 'sees' ? narrows(was.value, is.value) : was.value === is.value
      if (!keeps) problems.add(is.place, code, { id, before: was.value, after: is.value })
    }
  }
}

const fieldsById = (item: Located): Map<string, Located> => {
  const fields = childOf(item, 'fields')?.value
  return new Map(Array.isArray(fields) ? fields.map((field) => [idOf(field) ?? '', field]) : [])
}
