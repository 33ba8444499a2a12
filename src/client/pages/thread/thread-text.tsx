import { Seal, type Writer, writerName } from '../../components/fields/seal.tsx'
import { Icon } from '../../components/icon.tsx'
import { currentLanguageTag } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'

/** One text of the thread, with its question and writer. */
export const ThreadText = ({
  question,
  label,
  text,
  index,
  agreed = false,
  use,
}: {
  question: string | null
  label: Writer | null
  text: string
  index: number
  agreed?: boolean
  use: ((text: string) => void) | null
}) => {
  const t = strings('task')
  return (
    <li>
      {question !== null && <p class="hint">{question}</p>}
      <p class="written" dir="auto" lang={currentLanguageTag()}>
        {text}
      </p>
      <div class="row">
        <Seal writer={label} index={index} />
        <span class="s2">
          {agreed ? t('threadAgreed', { name: writerName(label) }) : writerName(label)}
        </span>
        <span class="gap" />
        {use && (
          <button type="button" class="btn line small" onClick={() => use(text)}>
            <Icon name="plus" small />
            {t('useInAnswer')}
            <span class="sr">: {text.slice(0, 60)}</span>
          </button>
        )}
      </div>
    </li>
  )
}
