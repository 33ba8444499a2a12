import { strings } from '../../i18n/i18n.ts'
import { Icon } from '../icon.tsx'

/** Takes back a choice that the browser's own radio buttons cannot take back. */
export const ClearAnswer = ({ shown, clear }: { shown: boolean; clear(): void }) =>
  shown ? (
    <button
      type="button"
      class="txt-btn clear"
      onClick={(event) => {
        // This button goes away: the focus stays in the field.
        event.currentTarget
          .closest('fieldset')
          ?.querySelector<HTMLElement>('input, button')
          ?.focus()
        clear()
      }}
    >
      <Icon name="x" small />
      {strings('task')('clearAnswer')}
    </button>
  ) : null
