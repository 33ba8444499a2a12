import { blockLabelKey, blockLabelOf } from '../../shared/words/blocks.ts'
import {
  createDocument,
  onLocalUpdate,
  plainOfUpdates,
  writeScalars,
  writeText,
} from '../../shared/words/document.ts'
import type { PlainDocument, Scalar } from '../../shared/words/plain.ts'
import { partsOfRoot } from '../../shared/words/roots.ts'
import { rowOrderKey } from '../../shared/words/rows.ts'

/** By what one person's blocks are known. */
export interface Writer {
  /** From which the person has written. */
  devices: readonly string[]
  /** From which only others have. */
  others: readonly string[]
  /** What the person is called now; '' is nobody's name. */
  name: string
}

/** Those of one person among all who have written somewhere, in whichever scopes. */
export const writerAmong = (
  rows: readonly { person: string; device: string }[],
  person: string,
  name: string,
): Writer => {
  const [devices, all] = [new Set<string>(), new Set<string>()]
  for (const row of rows) {
    if (row.device === '' || row.device === serverDevice) continue
    all.add(row.device)
    if (row.person === person) devices.add(row.device)
  }
  return { devices: [...devices], others: [...all].filter((device) => !devices.has(device)), name }
}

/** In the place of a device's id, where the server has written for somebody. */
export const serverDevice = 'server'

/**
 * Is the block this person's? Who has pushed its words says nothing of that: after an older backup was restored, others may have
 * given them back. Where the device has brought nothing itself, the name in the label decides.
 */
export const isBlockBy = (
  { devices, others, name }: Writer,
  plain: PlainDocument,
  block: string,
): boolean => {
  if (isBlockOf(devices, block)) return true
  const isNamed = name !== '' && blockLabelOf(plain, block)?.label === name
  return isNamed && !isBlockOf(others, block)
}

/** A device that several write on has a block for each writer. */
const isBlockOf = (devices: readonly string[], block: string): boolean =>
  devices.some((device) => block === device || block.startsWith(`${device}-`))

/**
 * The updates that bring the blocks of this person, with labels and the order of table rows, from a group's document into
 * a person's own one, under the same names. Nothing if all of it is there.
 */
export const copyBlocks = (
  from: readonly Uint8Array[],
  into: readonly Uint8Array[],
  writer: Writer,
): Uint8Array[] => {
  const plain = plainOfUpdates(from)
  const { texts, scalars } = plain
  const entries: [string, Scalar][] = []
  const copy = (key: string): void => {
    const value = scalars[key]
    if (value !== undefined) entries.push([key, value])
  }
  const own = Object.entries(texts).filter(([root, text]) => {
    const parts = partsOfRoot(root)
    if (text === '' || !parts?.block || !isBlockBy(writer, plain, parts.block)) return false
    copy(blockLabelKey(parts.block))
    if (parts.kind === 'cell') copy(rowOrderKey(parts.field, parts.row))
    return true
  })
  for (const [key, value] of Object.entries(scalars)) {
    const [field, block, ...rest] = key.split('/')
    if (!block || rest.length > 0 || field === 'block' || value === null) continue
    if (!isBlockBy(writer, plain, block)) continue
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
