import { type ReadonlySignal, signal } from '@preact/signals'
import { progressTask } from '../../shared/words/scope.ts'
import type { DocumentRow } from '../storage/words-database.ts'
import type { OutboxIndex } from './outbox-index.ts'
import type { StoredDocument } from './words.ts'

/** The stored documents in memory, progress apart. */
export interface DocumentList {
  readonly documents: ReadonlySignal<StoredDocument[]>
  row(id: string): DocumentRow | undefined
  /** Takes rows in; one older than what is here is left out. */
  add(rows: readonly DocumentRow[]): void
  /** Publishes, newest first, with what the outbox says now. */
  publish(): void
}

export const createDocumentList = (outbox: OutboxIndex): DocumentList => {
  const rowById = new Map<string, DocumentRow>()
  const documents = signal<StoredDocument[]>([])
  return {
    documents,
    row: (id) => rowById.get(id),
    add: (rows) => {
      for (const row of rows) {
        const known = rowById.get(row.id)
        if (known === undefined || known.changedAt <= row.changedAt) rowById.set(row.id, row)
      }
    },
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
          unsent: outbox.isUnsent(id),
        }))
    },
  }
}
