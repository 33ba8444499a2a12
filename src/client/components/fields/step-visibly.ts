import { spliceBetween } from '../../../shared/words/text-splice.ts'

/**
 * Runs an undo or redo while somebody writes, and puts the caret where it has changed a text, as browsers do: that may be
 * another field than the one in use. A word that is being composed ends first: its field would show nothing new, and write the
 * word again. The new text then ends it for the keyboard too.
 */
export const stepVisibly = (step: () => void): void => {
  const areas = [...document.querySelectorAll('textarea')]
  const isWriting = areas.some((area) => area === document.activeElement)
  if (isWriting) document.activeElement?.dispatchEvent(new Event('compositionend'))
  const before = areas.map(({ value }) => value)
  step()
  const at = areas.findIndex(({ value }, index) => value !== before[index])
  const area = areas[at]
  const splice = area && spliceBetween(before[at] ?? '', area.value)
  // On a tablet, a focus that was nowhere would open the keyboard.
  if (!area || !splice || !isWriting) return
  area.focus()
  const caret = splice.at + splice.insert.length
  area.setSelectionRange(caret, caret)
}
