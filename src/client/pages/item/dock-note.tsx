import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useAnswers } from '../task/use-answers.ts'
import type { Showing } from './showing.ts'
import { TimedNote } from './timed-note.tsx'

/** One's own note of what plays in the dock, over another page. At the top, where no keyboard comes. */
export const DockNote = ({ showing, close }: { showing: Showing; close(): void }) => {
  const { item } = showing
  const answers = useAnswers(item, true)
  const dialog = useRef<HTMLDialogElement>(null)
  const begun = useRef(false)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const title = local(item.title)
  return (
    <dialog ref={dialog} class="dock-note" aria-label={title} onClose={close}>
      <div class="row">
        <b>{title}</b>
        <span class="gap" />
        <button
          type="button"
          class="icon-btn"
          aria-label={strings('common')('close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="x" />
        </button>
      </div>
      <TimedNote
        answering={answers.personal}
        showing={showing}
        stamps={(stamp) => {
          if (begun.current) return
          begun.current = true
          stamp()
        }}
      />
    </dialog>
  )
}
