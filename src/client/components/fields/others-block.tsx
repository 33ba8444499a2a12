import { useState } from 'preact/hooks'
import type { Field } from '../../../shared/domain/field.ts'
import type { Block } from '../../../shared/words/blocks.ts'
import { fieldRoot } from '../../../shared/words/roots.ts'
import { currentLanguageTag } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { Icon } from '../icon.tsx'
import { SaveStateLine } from '../save-state.tsx'
import { type Answering, savingOf } from './answering.ts'
import { rootText } from './root-text.ts'
import { blockClass, Seal, writerName } from './seal.tsx'
import { UndoNote } from './undo-note.tsx'
import { WritingArea } from './writing-area.tsx'

/** Another writer's block: read here, changed only on purpose and only when all that the server has is here. */
export const OthersBlock = ({
  field,
  other,
  index,
  answering,
}: {
  field: Field
  other: Block
  index: number
  answering: Answering
}) => {
  const t = strings('task')
  const [editing, setEditing] = useState(false)
  const root = fieldRoot(field.id, other.block)
  const name = writerName(other.label)
  const ofThisDevice = answering.isOfThisDevice(other.block)
  return (
    <article class={blockClass(index)} aria-label={name}>
      <header>
        <Seal writer={other.label} index={index} />
        <b>{name}</b>
        <span class="mute s2">{t(ofThisDevice ? 'writtenHere' : 'writtenElsewhere')}</span>
        <span class="gap" />
        {editing && <SaveStateLine saving={savingOf(answering.document, root)} />}
        <button
          type="button"
          class="txt-btn"
          aria-disabled={!editing && !answering.upToDate}
          onClick={() => setEditing(!editing && answering.upToDate)}
        >
          <Icon name={editing ? 'sent' : 'task'} small />
          {editing ? t('endEditing') : t('edit')}
          <span class="sr"> {name}</span>
        </button>
      </header>
      {editing ? (
        <WritingArea
          textKey={root}
          text={rootText(answering, root)}
          label={name}
          oneLine={field.kind === 'text'}
          focusAtStart
        />
      ) : (
        <p class="written" dir="auto" lang={currentLanguageTag()}>
          {other.text}
        </p>
      )}
      <div role="alert">
        {editing && other.text === '' && (
          <UndoNote icon="warn" undo={() => answering.document.undo((key) => key === root)}>
            {t('clearedOthers', { name })}
          </UndoNote>
        )}
      </div>
      {!editing && !answering.upToDate && <p class="hint">{t('editNeedsNetwork')}</p>}
    </article>
  )
}
