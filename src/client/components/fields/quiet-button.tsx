import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../icon.tsx'

/** A small button beside a text. The caret stays in the text: on a tablet the keyboard would close, and open again. */
export const QuietButton = ({
  icon,
  disabled = false,
  press,
  children,
}: {
  icon: IconName
  disabled?: boolean
  press(): void
  children: ComponentChildren
}) => (
  <button
    type="button"
    class="txt-btn quiet"
    aria-disabled={disabled}
    onMouseDown={(event) => event.preventDefault()}
    onClick={() => {
      if (!disabled) press()
    }}
  >
    <Icon name={icon} small />
    {children}
  </button>
)
