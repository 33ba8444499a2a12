import type { ReadonlySignal } from '@preact/signals'
import type { PlainDocument, Scalar } from '../../shared/words/plain.ts'

/**
 * Where a word is. `saving` = in the buffer, `saved` = on this device, not sent, `sent` = acknowledged by the server,
 * `failed` = could not be stored (kept in localStorage, or only on the screen if that failed too).
 */
export type SaveState =
  | { kind: 'empty' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number } // ms since 1970
  | { kind: 'sent'; at: number | null } // null: on an earlier visit, nobody here knows when
  | { kind: 'failed'; rescued: boolean }

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

export type Connection = 'unknown' | 'online' | 'offline' | 'signed-out' | 'refused'

/** What is not sent yet: number of documents, and when the oldest of their words was written. */
export interface Pending {
  documents: number
  oldest: number | null
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
  /** By item id. */
  readonly progress: ReadonlySignal<Record<string, ItemProgress>>
  /** Id of this browser's own block label: random, once per device and principal. */
  readonly device: string
  open(documentId: string): Promise<OpenDocument>
  setDone(itemId: string, done: boolean): Promise<void>
  /** Called on pause and at most every 15 s while playing. */
  setPlayed(itemId: string, seconds: number): Promise<void>
  /** Writes the buffer and tries to send. Never throws; `pending` tells what came of it. */
  syncNow(): Promise<void>
}
