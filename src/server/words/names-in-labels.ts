import {
  type BlockLabel,
  blockLabelKey,
  blockLabelOf,
  encodeBlockLabel,
} from '../../shared/words/blocks.ts'
import {
  createDocument,
  onLocalUpdate,
  readPlain,
  writeScalars,
} from '../../shared/words/document.ts'
import { isBlockOf } from './own-blocks.ts'

/** Stands where the name of somebody who has been erased stood. */
export const formerParticipant = 'tidlegare deltakar'

export interface NamesInDocument {
  /** Give the blocks of these devices a label without a name. */
  updates: Uint8Array[]
  /** The bytes with each earlier name in a label overwritten by dashes, as long as before; null if there is none. */
  withoutNames(bytes: Uint8Array): Uint8Array | null
}

/** What it takes to forget who has written in the blocks of these devices. `name` = what the person is called now. */
export const namesIn = (
  parts: readonly Uint8Array[],
  devices: readonly string[],
  name: string,
): NamesInDocument => {
  const document = createDocument(parts)
  const plain = readPlain(document)
  const blocks = Object.keys(plain.scalars)
    .filter((key) => key.startsWith(blockLabelKey('')))
    .map((key) => key.slice(blockLabelKey('').length))
  const [theirs, others] = [true, false].map((wanted) =>
    blocks.flatMap((block) =>
      isBlockOf(devices, block) === wanted
        ? [
            {
              block,
              label: blockLabelOf(plain, block),
              encoded: plain.scalars[blockLabelKey(block)],
            },
          ]
        : [],
    ),
  )
  // A label keeps its time when it changes: by that, earlier ones are known too.
  const times = new Set(theirs?.map(({ label }) => label?.at))
  const kept = new Set(others?.map(({ encoded }) => encoded))

  const updates: Uint8Array[] = []
  onLocalUpdate(document, (update) => updates.push(update))
  writeScalars(
    document,
    (theirs ?? []).flatMap(({ block, label }) =>
      label
        ? [[blockLabelKey(block), encodeBlockLabel({ ...label, label: formerParticipant })]]
        : [],
    ),
  )
  document.destroy()
  return {
    updates,
    withoutNames: (bytes) =>
      overwrite(bytes, (label, encoded) => {
        if (kept.has(encoded) || label.label === formerParticipant) return false
        return times.has(label.at) || (name !== '' && label.label === name)
      }),
  }
}

const encodedLabel = /\{(?:"(?:label|role|at)":(?:null|\d+|"(?:[^"\\]|\\.)*"),?){1,3}\}/g
const nameInLabel = /"label":"((?:[^"\\]|\\.)*)"/

/**
 * A label is one string in an update, with its length before it: as long as that stays, the update is sound. Latin-1 reads each
 * byte as one character, so that places in the text are places in the bytes.
 */
const overwrite = (
  bytes: Uint8Array,
  isTheirs: (label: BlockLabel, encoded: string) => boolean,
): Uint8Array | null => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  let changed: Uint8Array | null = null
  for (const match of text.matchAll(encodedLabel)) {
    const encoded = Buffer.from(match[0], 'latin1').toString('utf8')
    const label = parse(encoded)
    const name = nameInLabel.exec(match[0])
    if (!label || !name?.[1] || !isTheirs(label, encoded)) continue
    const start = match.index + name.index + '"label":"'.length
    changed ??= bytes.slice()
    changed.fill(0x2d, start, start + name[1].length)
  }
  return changed
}

const parse = (encoded: string): BlockLabel | null => {
  try {
    const { label, role, at } = JSON.parse(encoded) as BlockLabel
    return typeof label === 'string' ? { label, role, at } : null
  } catch {
    return null
  }
}
