import * as Y from 'yjs'
import type { Origin } from './document.ts'
import { touchedKeys } from './touched-keys.ts'

/** Undo of what was written here since the document was opened; what others have written meanwhile stays. */
export interface Undo {
  /** False if there was nothing to undo. */
  undo(): boolean
  redo(): boolean
  canUndo(): boolean
  canRedo(): boolean
  /** Calls back when either may have changed; returns the function that ends that. */
  onChange(listener: () => void): () => void
  /** The next change begins a new step. */
  endStep(): void
  stop(): void
}

/** So long nothing was typed: the next key begins a new step. */
const pauseMs = 600
/** Longer ones are pasted, perhaps in several pieces, which are one step. */
const typedAtMost = 1000

/**
 * One per open document. A step ends by a pause, at the end of a sentence, and where another text or value is changed. `now`
 * gives milliseconds: the timeout of Yjs's own manager asks Date.now, which no test can turn.
 */
export const createUndo = (doc: Y.Doc, now: () => number): Undo => {
  const listeners = new Set<() => void>()
  let last = { at: Number.NEGATIVE_INFINITY, touched: '', endsSentence: false }

  const endStepBefore = (transaction: Y.Transaction): void => {
    const at = now()
    const touched = touchedKeys(transaction).join('\n')
    const typed = insertedText(transaction)
    // The dots of an ellipsis belong to one sentence.
    const beginsSentence = last.endsSentence && !sentenceEnd.test(typed.charAt(0))
    if (at - last.at >= pauseMs || touched !== last.touched || beginsSentence)
      manager.stopCapturing()
    last = { at, touched, endsSentence: typed.length <= typedAtMost && sentenceEnd.test(typed) }
  }

  const manager = new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>(['local' satisfies Origin]),
    captureTimeout: Number.POSITIVE_INFINITY,
    captureTransaction: (transaction) => {
      if (transaction.origin === ('local' satisfies Origin)) endStepBefore(transaction)
      return true
    },
  })
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  manager.on('stack-item-added', tell)
  manager.on('stack-item-popped', tell)
  manager.on('stack-cleared', tell)

  return {
    undo: () => manager.undo() !== null,
    redo: () => manager.redo() !== null,
    canUndo: () => manager.canUndo(),
    canRedo: () => manager.canRedo(),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    endStep: () => manager.stopCapturing(),
    stop: () => {
      listeners.clear()
      manager.destroy()
    },
  }
}

const sentenceEnd = /[.!?…\n]$/

/** What this device put in last in the transaction; '' if that is no text. */
const insertedText = ({ doc, beforeState }: Y.Transaction): string => {
  const newest = doc.store.clients.get(doc.clientID)?.at(-1)
  if (!(newest instanceof Y.Item) || !(newest.content instanceof Y.ContentString)) return ''
  return newest.id.clock >= (beforeState.get(doc.clientID) ?? 0) ? newest.content.str : ''
}
