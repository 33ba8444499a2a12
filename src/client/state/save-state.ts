import type { DocumentHandle } from '../storage/open-document.ts'
import type { SaveState } from './words.ts'

interface Whereabouts {
  handle: Pick<DocumentHandle, 'buffered' | 'failure' | 'plain'>
  /** When the newest unsent change of the key was written; null if none waits. */
  unsentSince: number | null
  /** When the key's receipt came; null if that was before this visit. */
  sentAt: number | null
}

/** Where the words of one root or `s/` key are. Never `sent` while anything of it waits. */
export const saveStateOf = (
  key: string,
  { handle, unsentSince, sentAt }: Whereabouts,
): SaveState => {
  if (handle.buffered().has(key)) {
    const failure = handle.failure()
    return failure ? { kind: 'failed', rescued: failure.rescued } : { kind: 'saving' }
  }
  if (unsentSince !== null) return { kind: 'saved', at: unsentSince }
  const { texts, scalars } = handle.plain()
  const value = key.startsWith('s/') ? scalars[key.slice(2)] : texts[key]
  return value === undefined || value === null || value === ''
    ? { kind: 'empty' }
    : { kind: 'sent', at: sentAt }
}
