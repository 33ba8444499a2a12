import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Layers } from './layers.ts'
import { childOf, type Located, parseYaml, placeAt } from './located.ts'
import { collectProblems, type Problems } from './problem.ts'

/** The folder of the package with this id, or null. */
export type FindBase = (id: string) => Promise<string | null>

/** Bases lie beside the package, as folders of content/. */
export const findBaseBeside =
  (folder: string): FindBase =>
  async (id) => {
    const parent = dirname(folder)
    for (const name of readdirSync(parent).sort()) {
      const sibling = join(parent, name)
      if ((await readIdentity(sibling))?.id === id) return sibling
    }
    return null
  }

/** The package and all that it extends, the first base first; null when a base is missing. */
export const openLayers = async (
  folder: string,
  findBase: FindBase,
  problems: Problems,
): Promise<Layers | null> => {
  const identity = await readIdentity(folder)
  let layers: Layers = [{ id: identity?.id ?? '', folder }]
  let above = identity
  while (above?.base) {
    const { yaml, base } = above
    const found = await findBase(base.id)
    const below = found === null ? null : await readIdentity(found)
    if (found === null || !below) {
      problems.add(placeAt(yaml, ['extends', 'id']), 'overlay-base', { id: base.id })
      return null
    }
    if (layers.some((layer) => layer.folder === found)) {
      problems.add(placeAt(yaml, ['extends', 'id']), 'overlay-circle')
      return null
    }
    if (below.version !== base.version) {
      const values = { id: base.id, found: below.version, wanted: base.version }
      problems.add(placeAt(yaml, ['extends', 'version']), 'overlay-version', values)
      return null
    }
    layers = [{ id: below.id, folder: found }, ...layers]
    above = below
  }
  return layers
}

interface Identity {
  yaml: Located
  id: string
  version: string
  base: { id: string; version: string } | null
}

/** Null when programme.yaml is missing or unreadable; its mistakes are told when it is read in full. */
const readIdentity = async (folder: string): Promise<Identity | null> => {
  const file = join(folder, 'programme.yaml')
  if (!existsSync(file)) return null
  const yaml = parseYaml(file, await readFile(file, 'utf8'), collectProblems(folder))
  if (!yaml) return null
  const base = childOf(yaml, 'extends')
  return { yaml, ...named(yaml), base: base ? named(base) : null }
}

const named = (node: Located): { id: string; version: string } => ({
  id: String(childOf(node, 'id')?.value ?? ''),
  version: String(childOf(node, 'version')?.value ?? ''),
})
