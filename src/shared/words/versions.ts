import { type HistoryEntry, replay } from './replay.ts'
import { spliceBetween } from './text-splice.ts'

/** What a text was after a change. */
export interface Version {
  seq: number
  /** ms since 1970, for display. */
  at: number
  author: string
  text: string
}

/** Changes by one author with less time between them are one version. */
const togetherMs = 10 * 60 * 1000
/** So many code units taken away end a version before they go: what is looked for is most often what was deleted last. */
const muchRemoved = 40

/** The texts that one root has had, newest first; the first is what it is now. `history` is that of one document, by seq. */
export const versionsOf = (history: readonly HistoryEntry[], root: string): Version[] => {
  const versions: Version[] = []
  let group: Group | null = null
  for (const version of changesOf(history, root)) {
    const ended: Version | null = group && endOf(group, version)
    if (ended !== null) versions.push(ended)
    const longest: Version = ended === null && group !== null ? group.longest : version
    const isLongest: boolean = version.text.length >= longest.text.length
    group = { newest: version, longest: isLongest ? version : longest }
  }
  if (group !== null) versions.push(group.newest)
  return versions.filter(({ text }, index) => text !== (versions[index - 1]?.text ?? '')).reverse()
}

interface Group {
  newest: Version
  longest: Version
}

/** Each change of the root. */
const changesOf = (history: readonly HistoryEntry[], root: string): Version[] => {
  const changes: Version[] = []
  let before = ''
  replay(history, (doc, { seq, at, author }) => {
    const text = doc.getText(root).toString()
    if (text !== before) changes.push({ seq, at, author, text })
    before = text
  })
  return changes
}

/** What of the group is kept if it ends before the change; null if the change belongs to it. */
const endOf = ({ newest, longest }: Group, change: Version): Version | null => {
  const together = newest.author === change.author && Math.abs(change.at - newest.at) < togetherMs
  const removedAtOnce = spliceBetween(newest.text, change.text)?.remove ?? 0
  if (!together || removedAtOnce >= muchRemoved) return newest
  // However short it was: an answer of a few words that is gone is gone whole.
  if (change.text === '') return newest.text.length * 2 >= longest.text.length ? newest : longest
  return longest.text.length - change.text.length >= muchRemoved ? longest : null
}
