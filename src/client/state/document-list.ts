import { type ReadonlySignal, signal } from '@preact/signals'
import { progressTask } from '../../shared/words/scope.ts'
import type { DocumentRow } from '../storage/words-database.ts'
import type { UnsentWords } from './unsent-words.ts'
import type { StoredDocument } from './words.ts'

/** The stored documents in memory, progress apart. */
export interface DocumentList {
  readonly documents: ReadonlySignal<StoredDocument[]>
  row(id: string): DocumentRow | undefined
  /** Takes rows in; one older than what is here is left out. */
  add(rows: readonly DocumentRow[]): void
  /** These are all there are. */
  replace(rows: readonly DocumentRow[]): void
  rows(): DocumentRow[]
  /** Publishes, newest first, with what is known to be unsent now. */
  publish(): void
}

export const createDocumentList = (
  unsent: Pick<UnsentWords, 'isUnsent' | 'isForgotten'>,
): DocumentList => {
  const rowById = new Map<string, DocumentRow>()
  const documents = signal<StoredDocument[]>([])
  const add = (rows: readonly DocumentRow[]): void => {
    for (const row of rows) {
      const known = rowById.get(row.id)
      if (known === undefined || known.changedAt <= row.changedAt) rowById.set(row.id, row)
    }
  }
  return {
    documents,
    row: (id) => rowById.get(id),
    add,
    replace: (rows) => {
      const ids = new Set(rows.map((row) => row.id))
      for (const id of rowById.keys()) if (!ids.has(id)) rowById.delete(id)
      add(rows)
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
