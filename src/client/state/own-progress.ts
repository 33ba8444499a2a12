import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { emptyPlain, type PlainDocument, type Scalar } from '../../shared/words/plain.ts'
import { doneEntries, playedEntries, readProgress } from '../../shared/words/progress.ts'
import type { OpenDocuments, OpenEntry } from './open-documents.ts'
import type { Words } from './words.ts'

interface ProgressParts {
  /** The progress document; null if the principal has no scope. */
  id: string | null
  device: string
  opened: OpenDocuments
  /** The stored words of a document; reads a signal that changes with them. */
  stored(id: string): PlainDocument | undefined
}

type OwnProgress = Pick<Words, 'progress' | 'setDone' | 'setPlayed'>

export const createProgress = ({ id, device, opened, stored }: ProgressParts): OwnProgress => {
  /** Opened at the first write, and kept: a film writes every 15 s. */
  const entry = signal<OpenEntry | null>(null)
  const plain = (): PlainDocument =>
    entry.value?.plain.value ?? (id === null ? undefined : stored(id)) ?? emptyPlain()
  const progress: ReadonlySignal<ReturnType<typeof readProgress>> = computed(() =>
    readProgress(plain()),
  )

  const write = async (
    entriesOf: (plain: PlainDocument) => (readonly [string, Scalar])[],
  ): Promise<void> => {
    if (id === null) return
    entry.value ??= await opened.open(id)
    const { handle } = entry.value
    handle.setScalars(entriesOf(handle.plain()))
    await handle.flush()
  }

  return {
    progress,
    setDone: (item, done) => write((words) => doneEntries(words, item, device, done)),
    setPlayed: async (item, position) => {
      if (!Number.isFinite(position)) return // a player without metadata says NaN
      await write((words) => playedEntries(words, item, device, position))
    },
  }
}
