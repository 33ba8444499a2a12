import { questionOf } from '../../../shared/words/agreed.ts'
import { type BlockLabel, blockLabelOf } from '../../../shared/words/blocks.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'
import { partsOfRoot } from '../../../shared/words/roots.ts'
import type { EarlierVersion } from '../../state/earlier-versions.ts'

/** One row of the list. */
export interface ShownVersion extends EarlierVersion {
  key: string
  /** Whose block it stands in; null in one's own document, and where nobody has said so. */
  writer: BlockLabel | null
  /** Who wrote it, if that was another than whose block it is. */
  correctedBy: string | null
  /** In a group's document, where each version has a writer. */
  isShared: boolean
  /** The sentence that the group agrees on, not an answer. */
  isAgreed: boolean
  /** The newest of its text, and as it stands. */
  isNow: boolean
  /** The writer's number, so that each keeps one seal. */
  index: number
}

/** The versions that belong to a field, newest first. */
export const shownVersions = (
  versions: readonly EarlierVersion[],
  plain: PlainDocument,
  includes: (root: string) => boolean,
): ShownVersion[] => {
  const asked = versions.filter(({ root }) => includes(root)).toSorted((a, b) => b.at - a.at)
  // The oldest first, as the blocks stand on the page.
  const blocks = [
    ...new Set(asked.toReversed().map(({ root }) => partsOfRoot(root)?.block ?? null)),
  ]
  const newest = new Set<string>()
  return asked.map((version, at) => {
    const parts = partsOfRoot(version.root)
    const block = parts?.block ?? null
    const writer = block === null ? null : blockLabelOf(plain, block)
    const isNewest = !newest.has(version.root)
    newest.add(version.root)
    return {
      ...version,
      key: `${version.root} ${at}`,
      writer,
      correctedBy: correctorOf(version, writer),
      isShared: block !== null,
      isAgreed: parts !== null && questionOf(parts.field) !== parts.field,
      isNow: isNewest && version.text === (plain.texts[version.root] ?? ''),
      index: blocks.indexOf(block),
    }
  })
}

/** A role at a shared tablet stands for the tablet's own name. */
const correctorOf = ({ author }: EarlierVersion, writer: BlockLabel | null): string | null =>
  author === null || writer === null || writer.role !== null || writer.label === author
    ? null
    : author
