import type { Within } from '../../../shared/words/within.ts'
import { strings } from '../../i18n/i18n.ts'
import type { FieldDocument } from './answering.ts'
import { QuietButton } from './quiet-button.tsx'
import { stepVisibly } from './step-visibly.ts'

/** For who has no Ctrl key; with a mouse they are hidden outside a group's worksheet (fields.css). */
export const UndoButtons = ({
  document,
  within,
}: {
  document: FieldDocument
  /** What is shown here: a step elsewhere would be seen by nobody. */
  within: Within
}) => {
  void document.states.value
  const t = strings('task')
  return (
    <span class="undo-tools">
      <QuietButton
        icon="undo"
        disabled={!document.canUndo(within)}
        press={() => stepVisibly(() => document.undo(within))}
      >
        {t('undo')}
      </QuietButton>
      <QuietButton
        icon="redo"
        disabled={!document.canRedo(within)}
        press={() => stepVisibly(() => document.redo(within))}
      >
        {t('redo')}
      </QuietButton>
    </span>
  )
}
