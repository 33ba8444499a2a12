import type { ReadonlySignal } from '@preact/signals'
import type { PlainDocument, Scalar } from '../../shared/words/plain.ts'
import type { Within } from '../../shared/words/within.ts'
import type { RescueFile, TakenFile } from '../storage/rescue-file.ts'

export type { RescueFile, TakenFile } from '../storage/rescue-file.ts'

/**
 * Where a word is. `saving` = in the buffer, `saved` = on this device, not sent, `sent` = acknowledged by the server,
 * `held` = not shared with the group, kept by the server for its author, `failed` = could not be stored (kept in localStorage,
 * or only on the screen if that failed too).
 */
export type SaveState =
  | { kind: 'empty' }
  | { kind: 'saving' }
  /** ms since 1970. `refused` = the server does not take it; it stays here, and is in the rescue file. */
  | { kind: 'saved'; at: number; refused?: Refusal }
  | { kind: 'held' }
  | { kind: 'sent'; at: number | null } // null: on an earlier visit, nobody here knows when
  | { kind: 'failed'; rescued: boolean }

export type Refusal = 'refused' | 'too-large'

/** One open document. Its Y.Doc lives until `close`. */
export interface OpenDocument {
  readonly id: string
  readonly plain: ReadonlySignal<PlainDocument>
  /** The state of one root or scalar key (`f/<field>…` or `s/<key>`). */
  stateOf(key: string): SaveState
  /** Changes with every change of any state; read it to follow `stateOf`. */
  readonly states: ReadonlySignal<number>
  /** Makes the text of a root equal to `value` by one code-point-safe splice. */
  setText(root: string, value: string): void
  setScalar(key: string, value: Scalar): void
  /** Remote changes to this root wait while it is composed (input methods). */
  compose(root: string, composing: boolean): void
  /** `read` is called before each flush, to hand in text that no input event told of; returns what ends that. */
  beforeFlush(read: () => void): () => void
  /** Takes back this page's own last change of what is `within`; others' words stay. */
  undo(within?: Within): void
  redo(within?: Within): void
  /** Read `states` to follow them. */
  canUndo(within?: Within): boolean
  canRedo(within?: Within): boolean
  close(): Promise<void>
}

/** A stored document as the lists show it. */
export interface StoredDocument {
  id: string
  scope: string
  task: string
  plain: PlainDocument
  /** ms since 1970 of the newest local or remote change that this device has seen. */
  changedAt: number
  unsent: boolean
}

/** `outdated` = the server does not speak with this release of the page: it must be updated. */
export type Connection = 'unknown' | 'online' | 'offline' | 'signed-out' | 'refused' | 'outdated'

/** What is not sent yet: number of documents, and when the oldest of their words was written. */
export interface Pending {
  documents: number
  oldest: number | null
  /** How many of the documents the server has refused: they stay here, and are in the rescue file. */
  refused: number
  /** Number of documents with words that the server keeps for their author alone. */
  held: number
  saving: boolean
  failed: boolean
  /** When the newest acknowledgement came. */
  sentAt: number | null
  connection: Connection
}

export interface ItemProgress {
  /** Furthest point reached, seconds of media or 0–1 of a text. */
  furthest: number
  /** Where to resume, seconds of media; never affects `done`. */
  resume: number | null
  done: boolean
}

/** The words of the signed-in principal on this device. Pages take this as an argument; nothing here is global. */
export interface Words {
  readonly pending: ReadonlySignal<Pending>
  readonly documents: ReadonlySignal<StoredDocument[]>
  /** Scopes in which the principal may not write any more: what is written there is held. */
  readonly left: ReadonlySignal<readonly string[]>
  /** By item id. */
  readonly progress: ReadonlySignal<Record<string, ItemProgress>>
  /** Id of this browser's own block label: random, once per device and principal. */
  readonly device: string
  open(documentId: string): Promise<OpenDocument>
  setDone(itemId: string, done: boolean): Promise<void>
  /** Called on pause and at most every 15 s while playing. */
  setPlayed(itemId: string, seconds: number): Promise<void>
  /**
   * Writes the buffer and tries to send. Never throws; `pending` tells what came of it. Waits no longer than eight seconds: on a
   * network that hangs, the sending goes on behind it.
   */
  syncNow(): Promise<void>
  /** Everything without a receipt, as a file; null if there is nothing. What cannot be read is left out. */
  unsentAsFile(): Promise<RescueFile | null>
  /** Takes words back from such a file, of this device or another: they are stored and sent. Rejects if they cannot be stored. */
  takeFile(file: Blob): Promise<TakenFile>
}
