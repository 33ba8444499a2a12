import { blockLabelKey } from '../../shared/words/blocks.ts'
import {
  createDocument,
  onLocalUpdate,
  plainOfUpdates,
  writeScalars,
  writeText,
} from '../../shared/words/document.ts'
import type { Scalar } from '../../shared/words/plain.ts'
import { partsOfRoot } from '../../shared/words/roots.ts'
import { rowOrderKey } from '../../shared/words/rows.ts'

/** Does the block belong to one of these devices? A device that several write on has a block for each writer. */
export const isBlockOf = (devices: readonly string[], block: string): boolean =>
  devices.some((device) => block === device || block.startsWith(`${device}-`))

/**
 * The updates that bring the blocks of these devices, with labels and the order of table rows, from a group's document into
 * a person's own one, under the same names. Nothing if all of it is there.
 */
export const copyBlocks = (
  from: readonly Uint8Array[],
  into: readonly Uint8Array[],
  devices: readonly string[],
): Uint8Array[] => {
  const { texts, scalars } = plainOfUpdates(from)
  const entries: [string, Scalar][] = []
  const copy = (key: string): void => {
    const value = scalars[key]
    if (value !== undefined) entries.push([key, value])
  }
  const own = Object.entries(texts).filter(([root, text]) => {
    const parts = partsOfRoot(root)
    if (text === '' || !parts?.block || !isBlockOf(devices, parts.block)) return false
    copy(blockLabelKey(parts.block))
    if (parts.kind === 'cell') copy(rowOrderKey(parts.field, parts.row))
    return true
  })
  for (const [key, value] of Object.entries(scalars)) {
    const [field, block, ...rest] = key.split('/')
    if (!block || rest.length > 0 || field === 'block' || value === null) continue
    if (!isBlockOf(devices, block)) continue
    entries.push([key, value])
    copy(blockLabelKey(block))
  }

  const document = createDocument(into)
  const updates: Uint8Array[] = []
  onLocalUpdate(document, (update) => updates.push(update))
  const there = plainOfUpdates(into).texts
  for (const [root, text] of own) writeText(document, root, joined(there[root] ?? '', text))
  writeScalars(document, entries)
  document.destroy()
  return updates
}

/** Never takes away a word: the same device may have written in another group under this name. */
const joined = (before: string, text: string): string => {
  if (before.includes(text)) return before
  return text.includes(before) ? text : `${before}\n\n${text}`
}
