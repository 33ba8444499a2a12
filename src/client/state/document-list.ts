import { type ReadonlySignal, signal } from '@preact/signals'
import { progressTask } from '../../shared/words/scope.ts'
import type { DocumentRow } from '../storage/words-database.ts'
import type { UnsentWords } from './unsent-words.ts'
import type { StoredDocument } from './words.ts'

/** The stored documents in memory, progress apart. */
export interface DocumentList {
  readonly documents: ReadonlySignal<StoredDocument[]>
  row(id: string): DocumentRow | undefined
  /** Takes in rows as a transaction of this page has just left them. */
  add(rows: readonly DocumentRow[]): void
  /** Grows with each `add`. */
  version(): number
  /** Takes in rows that were read; those that an `add` after `version` has changed are older than what is here. */
  addRead(rows: readonly DocumentRow[], version: number): void
  /** Which of these an `add` has changed after `version`. */
  changedSince(ids: readonly string[], version: number): string[]
  /** As `addRead`; these are all there are. */
  replace(rows: readonly DocumentRow[], version: number): void
  rows(): DocumentRow[]
  /** Publishes, newest first, with what is known to be unsent now. */
  publish(): void
}

export const createDocumentList = (
  unsent: Pick<UnsentWords, 'isUnsent' | 'isForgotten'>,
): DocumentList => {
  const rowById = new Map<string, DocumentRow>()
  const documents = signal<StoredDocument[]>([])
  const versionById = new Map<string, number>()
  let version = 0
  const isOlder = (id: string, read: number): boolean => (versionById.get(id) ?? 0) > read
  const addRead = (rows: readonly DocumentRow[], read: number): void => {
    // Not by `changedAt`: a clock that is set back makes what is newer look older.
    for (const row of rows) if (!isOlder(row.id, read)) rowById.set(row.id, row)
  }
  return {
    documents,
    row: (id) => rowById.get(id),
    add: (rows) => {
      version++
      for (const row of rows) {
        rowById.set(row.id, row)
        versionById.set(row.id, version)
      }
    },
    version: () => version,
    addRead,
    changedSince: (ids, read) => ids.filter((id) => isOlder(id, read)),
    replace: (rows, read) => {
      const ids = new Set(rows.map((row) => row.id))
      for (const id of rowById.keys()) if (!ids.has(id) && !isOlder(id, read)) rowById.delete(id)
      addRead(rows, read)
    },
    rows: () => [...rowById.values()],
    publish: () => {
      documents.value = [...rowById.values()]
        .filter((row) => row.task !== progressTask)
        .sort((a, b) => b.changedAt - a.changedAt)
        .map(({ id, scope, task, plain, changedAt }) => ({
          id,
          scope,
          task,
          plain,
          changedAt,
          unsent: unsent.isUnsent(id) || unsent.isForgotten(scope),
        }))
    },
  }
}
