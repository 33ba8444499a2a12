import { useRef, useState } from 'preact/hooks'
import { strings } from '../i18n/i18n.ts'
import { Icon } from './icon.tsx'

/** What is here, and may be taken away. */
export const Kept = ({ text, remove }: { text: string; remove(): void }) => {
  const t = strings('keep')
  const [asking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const leave = (): void => {
    opener.current?.focus({ preventScroll: true }) // the question goes, and its buttons with it
    setAsking(false)
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        class="btn line"
        aria-expanded={asking}
        onClick={() => setAsking(!asking)}
      >
        <Icon name="kept" />
        {text}
      </button>
      {asking ? <AskRemoval remove={remove} leave={leave} /> : <p class="hint">{t('keptHint')}</p>}
    </>
  )
}

/** What lies here may have cost money to bring: it is not taken away by one slip of the finger. */
export const AskRemoval = ({ remove, leave }: { remove(): void; leave(): void }) => {
  const t = strings('keep')
  return (
    <div class="row dl-ways">
      <button
        type="button"
        class="txt-btn"
        onClick={() => {
          leave()
          remove()
        }}
      >
        <Icon name="trash" small />
        {t('removeKept')}
      </button>
      <button type="button" class="txt-btn" onClick={leave}>
        {t('leaveKept')}
      </button>
    </div>
  )
}
