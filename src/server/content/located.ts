import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Place, Problems } from './problem.ts'

/** YAML in which every value knows where it was written, through any number of overlays. */
export interface Located {
  place: Place
  value: Scalar | Located[] | Map<string, Located>
}
type Scalar = string | number | boolean | null

/** Parses YAML; null when it cannot be read, or holds no map. */
export const parseYaml = (file: string, text: string, problems: Problems): Located | null => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  for (const error of [...document.errors, ...document.warnings]) {
    const place = { file, line: lines.linePos(error.pos[0]).line }
    problems.add(place, 'yaml-syntax', { detail: error.message })
  }
  if (document.errors.length > 0) return null

  const placeOf = (node: unknown, parent: Place): Place => {
    const range = (node as Node | null)?.range
    return range ? { file, line: lines.linePos(range[0]).line } : parent
  }
  const locate = (node: unknown, place: Place): Located => {
    if (isAlias(node)) {
      problems.add(place, 'yaml-syntax', { detail: 'write the value out instead of an alias' })
      return { place, value: null }
    }
    if (isScalar(node)) return { place, value: node.value as Scalar }
    if (isSeq(node)) {
      return { place, value: node.items.map((item) => locate(item, placeOf(item, place))) }
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): [string, Located] => {
        const name = isScalar(key) ? String(key.value) : String(key)
        return [name, locate(value, placeOf(key, place))]
      })
      return { place, value: new Map(entries) }
    }
    return { place, value: null }
  }

  const root = locate(document.contents, { file, line: 1 })
  if (root.value instanceof Map) return root
  problems.add(root.place, 'yaml-syntax', { detail: 'the file holds no keys' })
  return null
}

export const toPlain = ({ value }: Located): unknown => {
  if (Array.isArray(value)) return value.map(toPlain)
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, child]) => [key, toPlain(child)]))
  }
  return value
}

export type Path = readonly (string | number)[]

/** The place of the value at `path`, or of the nearest value around it. */
export const placeAt = (root: Located, path: Path): Place => {
  let at = root
  for (const key of path) {
    const next = childOf(at, key)
    if (!next) break
    at = next
  }
  return at.place
}

export const childOf = ({ value }: Located, key: string | number): Located | undefined => {
  if (Array.isArray(value)) return value[Number(key)]
  return value instanceof Map ? value.get(String(key)) : undefined
}

/** The `id` of a map that has one. */
export const idOf = (node: Located): string | null => {
  const id = childOf(node, 'id')?.value
  return typeof id === 'string' ? id : null
}

/** Ids of a list, whether written as plain ids or as maps with an `id`; whatever else stands there is left out. */
export const idsAt = (root: Located | null, key: string): string[] => {
  const list = root && childOf(root, key)?.value
  if (!Array.isArray(list)) return []
  return list.flatMap((node) => {
    const id = typeof node.value === 'string' ? node.value : idOf(node)
    return id === null ? [] : [id]
  })
}
