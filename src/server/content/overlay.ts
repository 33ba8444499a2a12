import { childOf, idOf, type Located } from './located.ts'
import type { Problems } from './problem.ts'

/**
 * Lays one YAML file over the same file of the base package (docs/content-packages.md, Overlays):
 *  1. maps merge key by key;
 *  2. lists of maps with ids merge by id: a new id is appended or stands `after` another,
 *     `remove: true` takes one out;
 *  3. plain lists of ids change only by `{ insert, move, remove }`;
 *  4. everything else is replaced.
 */
export const overlay = (base: Located, over: Located, problems: Problems, key = ''): Located => {
  if (base.value instanceof Map && over.value instanceof Map) {
    const merged = new Map(base.value)
    for (const [name, child] of over.value) {
      const before = merged.get(name)
      merged.set(name, before ? overlay(before, child, problems, name) : child)
    }
    return { place: over.place, value: merged }
  }
  if (Array.isArray(base.value)) {
    if (over.value instanceof Map) return editIds(base, base.value, over, problems, key)
    if (!Array.isArray(over.value) || base.value.length === 0) return over
    if (base.value.every(isPlain)) {
      problems.add(over.place, 'overlay-list', { list: key })
      return base
    }
    if ([...base.value, ...over.value].every(hasId)) {
      return { place: over.place, value: mergeById(base.value, over.value, problems, key) }
    }
  }
  return over
}

const isPlain = ({ value }: Located): boolean => !(value instanceof Map || Array.isArray(value))
const hasId = (node: Located): boolean => idOf(node) !== null

const mergeById = (base: Located[], over: Located[], problems: Problems, list: string) => {
  let merged = base
  for (const { place, value } of over) {
    const entry = { place, value: new Map(value as Map<string, Located>) }
    const remove = entry.value.get('remove')?.value === true
    const after = entry.value.get('after')
    entry.value.delete('remove')
    entry.value.delete('after')

    const id = idOf(entry) ?? ''
    const before = merged.find((node) => idOf(node) === id)
    if (remove && !before) problems.add(place, 'overlay-unknown', { id, list })
    const rest = merged.filter((node) => node !== before)
    const laid = before ? overlay(before, entry, problems) : entry
    const stays = before ? merged.indexOf(before) : merged.length
    const to = (after && indexAfter(rest, after, problems, list)) ?? stays
    merged = remove ? rest : rest.toSpliced(to, 0, laid)
  }
  return merged
}

const editForms = {
  remove: 'an id',
  move: '{ id, after: an id or null }',
  insert: '{ id, after: an id or null }',
}

/** Removes, then moves, then inserts, each in the order written. */
const editIds = (
  base: Located,
  ids: Located[],
  over: Located,
  problems: Problems,
  list: string,
): Located => {
  for (const [key, { place }] of over.value as Map<string, Located>) {
    if (!(key in editForms)) problems.add(place, 'key-unknown', { key })
  }
  let edited = ids
  for (const edit of ['remove', 'move', 'insert'] as const) {
    const entries = childOf(over, edit)
    if (!entries) continue
    if (!Array.isArray(entries.value)) {
      problems.add(entries.place, 'overlay-edit', { edit, form: editForms[edit] })
      continue
    }
    for (const entry of entries.value) {
      const id = edit === 'remove' ? entry.value : idOf(entry)
      const after = childOf(entry, 'after')
      if (typeof id !== 'string' || (edit !== 'remove' && !after)) {
        problems.add(entry.place, 'overlay-edit', { edit, form: editForms[edit] })
        continue
      }
      const at = edited.findIndex((node) => node.value === id)
      if (edit === 'insert' ? at >= 0 : at < 0) {
        const code = edit === 'insert' ? 'overlay-known' : 'overlay-unknown'
        problems.add(entry.place, code, { id, list })
        continue
      }
      const moved = edited[at] ?? { place: entry.place, value: id }
      const rest = edited.filter((node) => node !== moved)
      const to = edit === 'remove' ? null : indexAfter(rest, after, problems, list)
      if (edit !== 'remove' && to === null) continue
      edited = to === null ? rest : rest.toSpliced(to, 0, moved)
    }
  }
  return { place: base.place, value: edited }
}

/** Where an entry with this `after` goes: null means first. Null when there is no such id. */
const indexAfter = (
  nodes: Located[],
  after: Located | undefined,
  problems: Problems,
  list: string,
): number | null => {
  if (!after) return null
  if (after.value === null) return 0
  const at = nodes.findIndex((node) => (idOf(node) ?? node.value) === after.value)
  if (at >= 0) return at + 1
  problems.add(after.place, 'overlay-unknown', { id: String(after.value), list })
  return null
}
