import { strings } from '../../i18n/i18n.ts'
import type { FieldDocument } from './answering.ts'
import { QuietButton } from './quiet-button.tsx'
import { stepVisibly } from './step-visibly.ts'

/** For who has no Ctrl key; with a mouse they are hidden outside a group's worksheet (fields.css). */
export const UndoButtons = ({ document }: { document: FieldDocument }) => {
  const t = strings('task')
  return (
    <span class="undo-tools">
      <QuietButton
        icon="undo"
        disabled={!document.canUndo.value}
        press={() => stepVisibly(document.undo)}
      >
        {t('undo')}
      </QuietButton>
      <QuietButton
        icon="redo"
        disabled={!document.canRedo.value}
        press={() => stepVisibly(document.redo)}
      >
        {t('redo')}
      </QuietButton>
    </span>
  )
}
