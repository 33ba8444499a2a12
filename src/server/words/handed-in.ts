import { setImmediate as letOthers } from 'node:timers/promises'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { isGroupScope } from '../../shared/words/scope.ts'
import { historyStore } from '../store/history-store.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Merging, mergingHere } from './merging.ts'

export interface HandedIn {
  /** The number by which the handing in arrived: with the document's id it names the version. */
  seq: number
  words: PlainDocument
}

/**
 * A sheet that a group has written for a year has some hundred kilobytes behind it, in some thousand updates. So many are read in 50 ms
 * (bytes) and 0.8 s (updates), and built in a thread within a second: measured on two shared cores.
 */
export const mostBytes = 32 * 1024 * 1024
export const mostUpdates = 100_000
/** In 40 ms; then requests get a turn. */
const updatesAtOnce = 5000

/**
 * A group's document as it stood at its newest handing in, whatever has been written since; null if it is not handed in. What
 * is private is never handed in to anybody. `busy` = not now, `unreadable` = nobody should build it.
 */
export const handedInVersion = async (
  { db }: Pick<Store, 'db'>,
  scope: string,
  doc: string,
  merging: Pick<Merging, 'readHandedIn'> = mergingHere,
): Promise<HandedIn | null | 'busy' | 'unreadable'> => {
  if (!isGroupScope(scope)) return null
  const changes = await wholeHistory(db, scope, doc)
  if (changes === 'too-much') return 'unreadable'
  const read = await merging.readHandedIn(changes.map(({ bytes }) => bytes))
  if (read.kind === 'busy') return 'busy'
  if (read.kind === 'unfit') return 'unreadable'
  const seq = read.last === null ? undefined : changes[read.last]?.seq
  return seq === undefined ? null : { seq, words: read.plain }
}

const wholeHistory = async (
  db: Database,
  scope: string,
  doc: string,
): Promise<{ seq: number; bytes: Uint8Array }[] | 'too-much'> => {
  if ((await historyStore.bytes(db, scope, doc)) > mostBytes) return 'too-much'
  const history: { seq: number; bytes: Uint8Array }[] = []
  for (let after = 0; ; ) {
    const next = await historyStore.sizes(db, scope, doc, after, updatesAtOnce)
    const last = next.at(-1)?.seq
    if (last === undefined) return history
    if (history.length + next.length > mostUpdates) return 'too-much'
    const changes = await historyStore.changes(db, scope, doc, after, last)
    history.push(...changes.map(({ seq, bytes }) => ({ seq, bytes })))
    if (next.length < updatesAtOnce) return history
    after = last
    await letOthers()
  }
}
