import type { PlainDocument, Scalar } from './plain.ts'
import { partsOfRoot } from './roots.ts'

/** Who writes in a block. `at` (ms since 1970) is when it was made, for display and order only. */
export interface BlockLabel {
  label: string
  role: string | null
  at: number
}
export interface Block {
  block: string
  label: BlockLabel | null
  text: string
}
export interface BlockAnswer {
  block: string
  label: BlockLabel | null
  value: Scalar
}

/**
 * In the place of the name of somebody who has been erased: the page says it in its reader's language. Names in stored bytes become
 * as many dashes as they were long.
 */
export const erasedLabel = '-'
export const isErasedLabel = (label: string): boolean => /^-+$/.test(label)

export const blockLabelKey = (block: string): string => `block/${block}`

/** One string, so that a label is set whole or not at all. */
export const encodeBlockLabel = (label: BlockLabel): string => JSON.stringify(label)

export const blockLabelOf = (plain: PlainDocument, block: string): BlockLabel | null => {
  const encoded = plain.scalars[blockLabelKey(block)]
  if (typeof encoded !== 'string') return null
  try {
    const { label, role, at } = JSON.parse(encoded) as Partial<BlockLabel>
    if (typeof label !== 'string') return null
    return {
      label,
      role: typeof role === 'string' ? role : null,
      at: typeof at === 'number' ? at : 0,
    }
  } catch {
    return null
  }
}

/** What each writer has written in a field of a group document, oldest block first; emptied blocks are left out. */
export const blocksOf = (plain: PlainDocument, field: string): Block[] => {
  const blocks: Block[] = []
  for (const [root, text] of Object.entries(plain.texts)) {
    const parts = partsOfRoot(root)
    if (parts?.kind !== 'field' || parts.field !== field || parts.block === null) continue
    blocks.push({ block: parts.block, label: blockLabelOf(plain, parts.block), text })
  }
  return blocks.sort(byAge)
}

/** What each writer has chosen in a field of a group document, oldest block first; withdrawn choices are left out. */
export const answersOf = (plain: PlainDocument, field: string): BlockAnswer[] => {
  const answers: BlockAnswer[] = []
  for (const [key, value] of Object.entries(plain.scalars)) {
    const [name, block, ...rest] = key.split('/')
    if (name !== field || !block || rest.length > 0 || value === null) continue
    answers.push({ block, label: blockLabelOf(plain, block), value })
  }
  return answers.sort(byAge)
}

const byAge = (a: { block: string; label: BlockLabel | null }, b: typeof a): number =>
  (a.label?.at ?? 0) - (b.label?.at ?? 0) || (a.block < b.block ? -1 : 1)
