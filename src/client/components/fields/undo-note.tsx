import type { ComponentChildren } from 'preact'
import { strings } from '../../i18n/i18n.ts'
import { Icon, type IconName } from '../icon.tsx'
import { stepVisibly } from './step-visibly.ts'

/** What has just happened to a text, with a way back. */
export const UndoNote = ({
  icon,
  undo,
  dismiss,
  children,
}: {
  icon: IconName
  undo(): void
  /** Where the note stays until somebody has seen it. */
  dismiss?: () => void
  children: ComponentChildren
}) => (
  <p class="undo-note">
    <Icon name={icon} small />
    <span>{children}</span>
    <button
      type="button"
      class="txt-btn"
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        // The button goes with the note: the focus is in the text, as it was.
        const field = event.currentTarget.closest('.block, .field, .own-note')
        stepVisibly(undo)
        field?.querySelector('textarea')?.focus()
      }}
    >
      {strings('task')('undo')}
    </button>
    {dismiss && (
      <button type="button" class="txt-btn" onClick={dismiss}>
        {strings('task')('keepRemoved')}
      </button>
    )}
  </p>
)
