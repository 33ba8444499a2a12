import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Field } from '../../../shared/domain/field.ts'
import type { PlainDocument, Scalar } from '../../../shared/words/plain.ts'
import { scalarKey, scalarStateKey } from '../../../shared/words/roots.ts'
import type { Within } from '../../../shared/words/within.ts'
import type { Saving } from '../save-state.tsx'
import type { Writer } from './seal.tsx'

/** An open document as the fields see it; the page's `OpenDocument` fits. */
export interface FieldDocument {
  readonly plain: ReadonlySignal<PlainDocument>
  /** Changes when any answer of `stateOf` may have changed. */
  readonly states: ReadonlySignal<number>
  stateOf(key: string): Saving
  setText(root: string, value: string): void
  setScalar(key: string, value: Scalar): void
  compose(root: string, composing: boolean): void
  beforeFlush(read: () => void): () => void
  /** Takes back this writer's own last change of what is `within`, or makes it again; others' words stay. */
  undo(within?: Within): void
  redo(within?: Within): void
  /** Read `states` to follow them. */
  canUndo(within?: Within): boolean
  canRedo(within?: Within): boolean
}

/** A text as it once was. */
export interface EarlierText {
  root: string
  text: string
  /** When it was written, ms since 1970. */
  at: number
}

/** Which earlier texts are asked for, and what may be done with them. */
export interface VersionsAsked {
  question: string
  includes(root: string): boolean
  mayBringBack(root: string): boolean
  /** Writes it as a new edit. */
  bringBack(text: EarlierText): void
  close(): void
}

/** One document and who answers in it. */
export interface Answering {
  document: FieldDocument
  /** The writer's own block in a group's document; undefined in the person's own. */
  block: string | undefined
  writer: Writer
  /** Whether a block was made on this device, whoever wrote it. */
  isOfThisDevice(block: string): boolean
  /** Blocks of others may be changed: what the server has is here. */
  upToDate: boolean
  /** Called before each change: says once in a group's document whose the block is. */
  beforeWrite(): void
  /** A dialog with the earlier texts; null where none can have been stored. */
  versions: ((asked: VersionsAsked) => ComponentChildren) | null
}

/** The chosen value of a field and how to choose another. */
export const choiceIn = (
  { document, block, beforeWrite }: Answering,
  field: Field,
): { value: Scalar; saving: Saving; choose(value: Scalar): void } => {
  const key = scalarKey(field.id, block)
  return {
    value: document.plain.value.scalars[key] ?? null,
    saving: savingOf(document, scalarStateKey(key)),
    choose: (value) => {
      beforeWrite()
      document.setScalar(key, value)
    },
  }
}

export const savingOf = (document: FieldDocument, key: string): Saving => {
  void document.states.value
  return document.stateOf(key)
}
