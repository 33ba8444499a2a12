import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { strings } from '../../../i18n/i18n.ts'

/** A new link, which can be seen here alone. */
export const CopyLink = ({ municipality, url }: { municipality: string; url: string }) => {
  const t = strings('adminRegistration')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => field.current?.focus(), [])
  const copy = async (): Promise<void> => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(url)
      setCopied(true)
    } catch {
      // Not allowed here: it stands selected, for the keyboard.
      field.current?.focus()
    }
  }
  return (
    <div class="note copy-link">
      <label for={id}>{t('linkFor', { municipality })}</label>
      <p class="hint">{t('shownOnce')}</p>
      <div class="row">
        <input id={id} ref={field} class="area one" type="text" readOnly value={url} />
        <button type="button" class="btn" onClick={() => void copy()}>
          {t('copy')}
        </button>
      </div>
      <p role="status" class="state sent">
        {copied && t('copied')}
      </p>
    </div>
  )
}
