import type { DocumentHandle } from '../storage/open-document.ts'
import type { Whereabouts } from './unsent-words.ts'
import type { SaveState } from './words.ts'

/** What is known of one root or `s/` key beside its open document. */
export interface Known extends Whereabouts {
  /** When the key's receipt came; null if that was before this visit. */
  sentAt: number | null
  /** Null = it is known what is sent; else since when that is in doubt. */
  doubtedSince: number | null
}

/** Where the words of one root or `s/` key are. Never `sent` while anything of it waits. */
export const saveStateOf = (
  key: string,
  handle: Pick<DocumentHandle, 'buffered' | 'failure' | 'plain'>,
  { unsentSince, refused, isHeld, isRescued, sentAt, doubtedSince }: Known,
): SaveState => {
  if (handle.buffered().has(key)) {
    const failure = handle.failure(key)
    return failure ? { kind: 'failed', rescued: failure.rescued } : { kind: 'saving' }
  }
  if (isRescued) return { kind: 'failed', rescued: true }
  if (unsentSince !== null) return { kind: 'saved', at: unsentSince, ...(refused && { refused }) }
  if (isHeld) return { kind: 'held' }
  const { texts, scalars } = handle.plain()
  const value = key.startsWith('s/') ? scalars[key.slice(2)] : texts[key]
  if (value === undefined || value === null || value === '') return { kind: 'empty' }
  if (doubtedSince !== null) return { kind: 'saved', at: doubtedSince }
  return { kind: 'sent', at: sentAt }
}
