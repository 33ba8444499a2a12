import { useId, useLayoutEffect } from 'preact/hooks'
import { type Answering, savingOf } from '../../components/fields/answering.ts'
import { WhoSees } from '../../components/fields/field-foot.tsx'
import { rootText } from '../../components/fields/root-text.ts'
import { TextTools } from '../../components/fields/text-tools.tsx'
import { WritingArea } from '../../components/fields/writing-area.tsx'
import { Icon } from '../../components/icon.tsx'
import { SaveStateLine } from '../../components/save-state.tsx'
import { formatTime } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { noteRoot } from './own-note.ts'
import { stamped } from './stamps.ts'

/** "Notatet ditt". In a film a press begins a new line with the time. */
export const NoteField = ({
  answering,
  ...stamping
}: {
  answering: Answering | null
  /** Seconds; left out where there is no time. */
  stampAt?: number
  /** Told how a note at this time is begun from elsewhere. */
  stamps?: (stamp: () => void) => void
}) => (answering ? <OpenNote answering={answering} {...stamping} /> : null)

const OpenNote = ({
  answering,
  stampAt,
  stamps,
}: {
  answering: Answering
  stampAt?: number
  stamps?: (stamp: () => void) => void
}) => {
  const t = strings('item')
  const base = useId()
  const text = rootText(answering, noteRoot)
  const stamp = (): void => {
    text.write(stamped(text.read(), stampAt ?? 0))
    const area = document.getElementById(`${base}-note`) as HTMLTextAreaElement | null
    area?.focus()
    area?.setSelectionRange(area.value.length, area.value.length)
  }
  useLayoutEffect(() => stamps?.(stamp))
  return (
    <section class="own-note" aria-labelledby={`${base}-title`}>
      <h2 id={`${base}-title`} class="h-s">
        {t('yourNote')}
      </h2>
      <WritingArea
        textKey={noteRoot}
        id={`${base}-note`}
        label={t('yourNote')}
        describedBy={`${base}-sees`}
        text={text}
      />
      <div class="field-foot">
        <SaveStateLine saving={savingOf(answering.document, noteRoot)} />
        <WhoSees sees="note" id={`${base}-sees`} />
      </div>
      <TextTools
        answering={answering}
        question={t('yourNote')}
        roots={(one) => one === noteRoot}
        written={text.read() !== ''}
      />
      {stampAt !== undefined && (
        <button type="button" class="btn line small" onClick={stamp}>
          <Icon name="note" />
          <span class="num">{t('noteAt', { time: formatTime(stampAt) })}</span>
        </button>
      )}
    </section>
  )
}
