import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { type Layers, ownFile } from './layers.ts'
import { idOf, type Located, type Path, parseYaml, placeAt, toPlain } from './located.ts'
import { overlay } from './overlay.ts'
import type { Problems } from './problem.ts'

/** One YAML file of a package, its overlays laid on. */
export interface YamlFile<T> {
  path: string
  /** As written; null when the file is missing or cannot be parsed. */
  source: Located | null
  /** As the schema gives it; null when there is any mistake in it. */
  value: T | null
  /** The same file below the topmost layer that has it; null when there is only one. */
  before: Located | null
}

export const readYaml = async <Schema extends v.GenericSchema>(
  layers: Layers,
  path: string,
  schema: Schema,
  problems: Problems,
): Promise<YamlFile<v.InferOutput<Schema>>> => {
  const nothing = { path, source: null, value: null, before: null }
  let source: Located | null = null
  let before: Located | null = null
  for (const { folder } of layers) {
    const file = join(folder, path)
    if (!existsSync(file)) continue
    const parsed = parseYaml(file, await readFile(file, 'utf8'), problems)
    if (!parsed) return nothing
    before = source
    source = source ? overlay(source, parsed, problems) : parsed
  }
  if (!source) {
    problems.add({ file: ownFile(layers, path), line: 1 }, 'file-missing')
    return nothing
  }
  checkDuplicates(source, '', problems)
  return { path, source, before, value: validate(source, schema, problems) }
}

/** Two entries of one list with the same id, or the same plain value twice. */
const checkDuplicates = ({ value }: Located, list: string, problems: Problems): void => {
  if (value instanceof Map) {
    for (const [key, child] of value) checkDuplicates(child, key, problems)
  }
  if (!Array.isArray(value)) return
  const seen = new Set<string>()
  for (const node of value) {
    const id = typeof node.value === 'string' ? node.value : idOf(node)
    if (id !== null && seen.has(id)) problems.add(node.place, 'id-duplicate', { id, list })
    if (id !== null) seen.add(id)
    checkDuplicates(node, list, problems)
  }
}

const validate = <Schema extends v.GenericSchema>(
  source: Located,
  schema: Schema,
  problems: Problems,
): v.InferOutput<Schema> | null => {
  const plain = toPlain(source)
  let result = v.safeParse(schema, plain)
  const good = result.success
  // A strict object names only its first unknown key: take it away and look again, until all are told.
  let unknown = result.issues?.filter(isUnknownKey) ?? []
  while (unknown.length > 0) {
    for (const issue of unknown) {
      const path = pathOf(issue)
      problems.add(placeAt(source, path), 'key-unknown', { key: String(path.at(-1)) })
      Reflect.deleteProperty(Object(issue.path?.at(-1)?.input), String(path.at(-1)))
    }
    result = v.safeParse(schema, plain)
    unknown = result.issues?.filter(isUnknownKey) ?? []
  }
  for (const issue of result.issues ?? []) {
    const path = pathOf(issue)
    const place = placeAt(source, path)
    const key = path.join('.')
    const missing = issue.path?.at(-1)?.origin === 'key' && issue.received === 'undefined'
    if (missing) problems.add(place, 'key-missing', { key })
    else problems.add(place, 'value-wrong', { key, detail: issue.message })
  }
  return good && result.success ? result.output : null
}

const isUnknownKey = (issue: v.BaseIssue<unknown>): boolean =>
  issue.expected === 'never' && issue.path?.at(-1)?.origin === 'key'

const pathOf = (issue: v.BaseIssue<unknown>): Path =>
  (issue.path ?? []).map((step) => step.key as string | number)
