import type { OpenEntry } from './open-documents.ts'
import { saveStateOf } from './save-state.ts'
import type { ShownWords } from './shown-words.ts'
import type { OpenDocument } from './words.ts'

/** What a page holds of an open document. */
export const createFacade = (
  entry: OpenEntry,
  shown: Pick<ShownWords, 'known'>,
  close: () => Promise<void>,
): OpenDocument => {
  const { handle, plain, states } = entry
  let closing: Promise<void> | null = null
  return {
    id: handle.id,
    plain,
    states,
    stateOf: (key) => saveStateOf(key, handle, shown.known(handle.id, key)),
    setText: handle.setText,
    setScalar: (key, value) => handle.setScalars([[key, value]]),
    compose: handle.compose,
    beforeFlush: handle.beforeFlush,
    undo: handle.undo,
    redo: handle.redo,
    canUndo: handle.canUndo,
    canRedo: handle.canRedo,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
