/** The symbols of public/icons.svg. */
export type IconName =
  | 'film'
  | 'article'
  | 'podcast'
  | 'task'
  | 'group'
  | 'kept'
  | 'down'
  | 'sent'
  | 'sent2'
  | 'unsent'
  | 'saving'
  | 'offline'
  | 'clock'
  | 'lock'
  | 'menu'
  | 'back'
  | 'next'
  | 'downc'
  | 'play'
  | 'pause'
  | 'b10'
  | 'f10'
  | 'cc'
  | 'ad'
  | 'note'
  | 'me'
  | 'eye'
  | 'trash'
  | 'plus'
  | 'x'
  | 'warn'
  | 'house'
  | 'mail'
  | 'print'
  | 'fast'
  | 'full'
  | 'branch'
  | 'bag'
  | 'undo'
  | 'redo'

/** Decoration beside words; an icon alone needs an aria-label on its button. */
export const Icon = ({ name, small }: { name: IconName; small?: boolean }) => (
  <svg class={small ? 'i s' : 'i'} aria-hidden="true">
    <use href={`/icons.svg#${name}`} />
  </svg>
)
