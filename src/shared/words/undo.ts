import * as Y from 'yjs'
import { blockLabelKey } from './blocks.ts'
import type { Origin } from './document.ts'
import { scalarStateKey } from './roots.ts'
import { touchedKeys } from './touched-keys.ts'
import type { Within } from './within.ts'

/** Undo of what was written here since the document was opened; what others have written meanwhile stays. */
export interface Undo {
  /** The newest step that touched something of `within`; all is within if it is left out. False if there was nothing to undo. */
  undo(within?: Within): boolean
  redo(within?: Within): boolean
  canUndo(within?: Within): boolean
  canRedo(within?: Within): boolean
  stop(): void
}

/** So long nothing was typed: the next key begins a new step. */
const pauseMs = 600
/** Longer ones are pasted, perhaps in several pieces, which are one step. */
const typedAtMost = 1000

/**
 * One per open document. A step ends by a pause, at the end of a sentence, and where another text or value is changed; whose
 * block it is, said before its first words, belongs to their step. `now`
 * gives milliseconds: the timeout of Yjs's own manager asks Date.now, which no test can turn.
 */
export const createUndo = (doc: Y.Doc, now: () => number): Undo => {
  let last = { at: Number.NEGATIVE_INFINITY, touched: '', endsSentence: false, isLabel: false }
  /** By the latest transaction that is a step, or a part of one. */
  let keys: string[] = []

  const endStepBefore = (transaction: Y.Transaction): void => {
    const at = now()
    const touched = keys.join('\n')
    const typed = insertedText(transaction)
    // The dots of an ellipsis belong to one sentence.
    const beginsSentence = last.endsSentence && !sentenceEnd.test(typed.charAt(0))
    const isOther = touched !== last.touched && !last.isLabel
    if (at - last.at >= pauseMs || isOther || beginsSentence) manager.stopCapturing()
    last = {
      at,
      touched,
      endsSentence: typed.length <= typedAtMost && sentenceEnd.test(typed),
      isLabel: keys.every((key) => key.startsWith(labelKeys)),
    }
  }

  const manager = new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>(['local' satisfies Origin]),
    captureTimeout: Number.POSITIVE_INFINITY,
    captureTransaction: (transaction) => {
      const isLocal = transaction.origin === ('local' satisfies Origin)
      if (isLocal || transaction.origin === manager) keys = touchedKeys(transaction)
      if (isLocal) endStepBefore(transaction)
      return true
    },
  })
  const remember = ({ stackItem }: { stackItem: Step }): void => {
    stackItem.meta.set('keys', [...new Set([...keysOf(stackItem), ...keys])])
  }
  manager.on('stack-item-added', remember)
  manager.on('stack-item-updated', remember)

  const take = (kind: 'undo' | 'redo', within: Within): boolean => {
    manager.stopCapturing()
    for (;;) {
      const stack: Step[] = manager[`${kind}Stack`]
      const at = stack.findLastIndex((step) => keysOf(step).some(within))
      if (at === -1) return false
      const others = stack.toSpliced(at, 1)
      stack.push(...stack.splice(at, 1))
      onlyTheTop(stack)
      const isTaken = manager[kind]() !== null
      stack.splice(0, stack.length, ...others)
      Reflect.deleteProperty(stack, 'pop')
      if (isTaken) return true
    }
  }

  return {
    undo: (within = everything) => take('undo', within),
    redo: (within = everything) => take('redo', within),
    canUndo: (within = everything) => manager.undoStack.some((step) => keysOf(step).some(within)),
    canRedo: (within = everything) => manager.redoStack.some((step) => keysOf(step).some(within)),
    stop: () => manager.destroy(),
  }
}

type Step = Y.UndoManager['undoStack'][number]

const keysOf = (step: Step): string[] => step.meta.get('keys') ?? []
/**
 * Where others have changed the same since, nothing is left to take back, and Yjs goes on to the next step, whatever that is.
 * The steps below must stand there all the same: it looks in their deletions.
 */
const onlyTheTop = (stack: Step[]): void => {
  const top = stack.at(-1)
  let isFirst = true
  stack.pop = () => {
    if (!isFirst) stack.length = 0
    else stack.length--
    isFirst = false
    return top
  }
}

const everything: Within = () => true
const labelKeys = scalarStateKey(blockLabelKey(''))

const sentenceEnd = /[.!?…\n]$/

/** What this device put in last in the transaction; '' if that is no text. */
const insertedText = ({ doc, beforeState }: Y.Transaction): string => {
  const newest = doc.store.clients.get(doc.clientID)?.at(-1)
  if (!(newest instanceof Y.Item) || !(newest.content instanceof Y.ContentString)) return ''
  return newest.id.clock >= (beforeState.get(doc.clientID) ?? 0) ? newest.content.str : ''
}
