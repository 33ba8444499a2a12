import {
  blockLabelKey,
  blockLabelOf,
  encodeBlockLabel,
  erasedLabel,
  isErasedLabel,
} from '../../shared/words/blocks.ts'
import {
  createDocument,
  onLocalUpdate,
  readPlain,
  writeScalars,
} from '../../shared/words/document.ts'
import { encodeHandingIn, handedInKey, handingInOf } from '../../shared/words/handing-in.ts'
import type { Scalar } from '../../shared/words/plain.ts'
import { isBlockBy, type Writer } from './own-blocks.ts'

export interface NamesInDocument {
  /** Give the person's blocks, and what they handed in last, a label without a name. */
  updates: Uint8Array[]
  /** The bytes with each earlier name in a label overwritten by dashes, as long as before; null if there is none. */
  withoutNames(bytes: Uint8Array): Uint8Array | null
}

/** By what the traces of one person are known in a document. */
export interface Traces extends Writer {
  /** Ids of the times that they handed the document in. */
  handedIn: ReadonlySet<string>
}

/** What it takes to forget who has written and handed in. */
export const namesIn = (
  parts: readonly Uint8Array[],
  { handedIn, ...writer }: Traces,
): NamesInDocument => {
  const document = createDocument(parts)
  const plain = readPlain(document)
  const blocks = Object.keys(plain.scalars)
    .filter((key) => key.startsWith(blockLabelKey('')))
    .map((key) => key.slice(blockLabelKey('').length))
  const theirs = blocks.filter((block) => isBlockBy(writer, plain, block))
  const labels = theirs.flatMap((block) => {
    const label = blockLabelOf(plain, block)
    return label ? [{ block, label }] : []
  })
  // A label keeps its time when it changes: by that, earlier ones are known too.
  const times = new Set(labels.map(({ label }) => label.at))
  const kept = new Set(
    blocks
      .filter((block) => !theirs.includes(block))
      .map((block) => plain.scalars[blockLabelKey(block)]),
  )
  const isTheirs = (found: FoundLabel): boolean => {
    if (isErasedLabel(found.label) || kept.has(found.encoded)) return false
    const isNamed = writer.name !== '' && found.label === writer.name
    return isNamed || (found.id === null ? times.has(found.at) : handedIn.has(found.id))
  }

  const entries: [string, Scalar][] = labels.map(({ block, label }) => [
    blockLabelKey(block),
    encodeBlockLabel({ ...label, label: erasedLabel }),
  ])
  const handed = handingInOf(plain)
  if (handed && isTheirs({ ...handed, encoded: '' })) {
    entries.push([handedInKey, encodeHandingIn({ ...handed, label: erasedLabel })])
  }
  const updates: Uint8Array[] = []
  onLocalUpdate(document, (update) => updates.push(update))
  writeScalars(document, entries)
  document.destroy()
  return { updates, withoutNames: (bytes) => overwrite(bytes, isTheirs) }
}

/** Can there be anything of this person's in these bytes? Building a document to see takes a hundred times longer. */
export const mayBeBy = (bytes: Uint8Array, { devices, name }: Writer): boolean => {
  const text = latin1(bytes)
  if (devices.some((device) => text.includes(latin1(Buffer.from(device))))) return true
  return name !== '' && [...labelsIn(text)].some(({ label }) => label === name)
}

/** The ids of all handings in that stand in these bytes. */
export const handingsInOf = (bytes: Uint8Array): string[] =>
  [...labelsIn(latin1(bytes))].flatMap(({ id }) => id ?? [])

/** One label in the bytes of an update: a block's, or that of a handing in, which has an id. */
interface FoundLabel {
  id: string | null
  at: number
  label: string
  encoded: string
}

/**
 * A label is one string in an update, with its length before it: as long as that stays, the update is sound, and values that
 * differed differ still by time or id.
 */
const overwrite = (
  bytes: Uint8Array,
  isTheirs: (found: FoundLabel) => boolean,
): Uint8Array | null => {
  let changed: Uint8Array | null = null
  for (const { start, end, ...found } of labelsIn(latin1(bytes))) {
    if (!isTheirs(found)) continue
    changed ??= bytes.slice()
    changed.fill(dash, start, end)
  }
  return changed
}
const dash = 0x2d

/** Each byte as one character, so that places in the text are places in the bytes. */
const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

const encodedLabel =
  /\{(?:"(?:id|at|label|role|words)":(?:null|-?\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"),?){1,5}\}/g
const nameInLabel = /"label":"((?:[^"\\]|\\.)*)"/

/** `start` and `end` are the places of the name. */
function* labelsIn(text: string): Generator<FoundLabel & { start: number; end: number }> {
  for (const match of text.matchAll(encodedLabel)) {
    const encoded = Buffer.from(match[0], 'latin1').toString('utf8')
    const found = parse(encoded)
    const name = nameInLabel.exec(match[0])
    if (!found || !name?.[1]) continue
    const start = match.index + name.index + '"label":"'.length
    yield { ...found, encoded, start, end: start + name[1].length }
  }
}

const parse = (encoded: string): Omit<FoundLabel, 'encoded'> | null => {
  try {
    const { id, at, label } = JSON.parse(encoded) as Record<string, unknown>
    if (typeof label !== 'string') return null
    return { id: typeof id === 'string' ? id : null, at: typeof at === 'number' ? at : 0, label }
  } catch {
    return null
  }
}
