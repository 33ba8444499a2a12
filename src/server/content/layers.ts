import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One package folder. An overlay is read as several: its bases first, itself last. */
export interface Layer {
  id: string
  folder: string
}
/** At least one; the last is the package itself. */
export type Layers = readonly [Layer, ...Layer[]]

export const topLayer = (layers: Layers): Layer => layers.at(-1) ?? layers[0]

/** The absolute path in the newest layer that has this file, or null. */
export const findFile = (layers: Layers, path: string): string | null =>
  layers.map((layer) => join(layer.folder, path)).findLast((file) => existsSync(file)) ?? null

/** Where a file would stand in the package itself. */
export const ownFile = (layers: Layers, path: string): string => join(topLayer(layers).folder, path)

/** The package that first defined this path: it gives an item its id, so that answers carry over. */
export const firstOwner = (layers: Layers, path: string): string =>
  (layers.find((layer) => existsSync(join(layer.folder, path))) ?? topLayer(layers)).id

/** Names of the folders inside `path` of the package itself, without its bases. */
export const ownFolders = (layers: Layers, path: string): string[] =>
  entries(join(topLayer(layers).folder, path)).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )

/** Names of the files inside `path` in any layer. */
export const filesIn = (layers: Layers, path: string): string[] => {
  const names = layers.flatMap((layer) =>
    entries(join(layer.folder, path)).flatMap((entry) => (entry.isFile() ? [entry.name] : [])),
  )
  return [...new Set(names)].sort()
}

const entries = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'))
    : []
