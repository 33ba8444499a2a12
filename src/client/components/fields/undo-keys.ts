export type HistoryStep = 'undo' | 'redo'

/** What of a keyboard event is read. */
export type PressedKeys = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'
>

/** Ctrl or Cmd+Z undoes; with Shift, or Ctrl+Y, it redoes. */
export const stepOfKeys = (pressed: PressedKeys): HistoryStep | null => {
  const { key, ctrlKey, metaKey, shiftKey, altKey, isComposing } = pressed
  // Cmd and Ctrl together, or AltGr, mean something else on some keyboards.
  if (isComposing || altKey || ctrlKey === metaKey) return null
  const letter = key.toLowerCase()
  if (letter === 'z') return shiftKey ? 'redo' : 'undo'
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : null
}

/** The browser's own menu, a shaken telephone, three fingers on a tablet. */
export const stepOfInput = (inputType: string): HistoryStep | null =>
  inputType === 'historyUndo' ? 'undo' : inputType === 'historyRedo' ? 'redo' : null
