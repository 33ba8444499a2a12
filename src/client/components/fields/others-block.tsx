import { useState } from 'preact/hooks'
import type { Field } from '../../../shared/domain/field.ts'
import type { Block } from '../../../shared/words/blocks.ts'
import { muchRemoved } from '../../../shared/words/much-removed.ts'
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

/** A deletion key by key is as many steps as pauses. */
const mostSteps = 200

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
  /** What stood here when the editing began, or when a warning was last put away. */
  const [before, setBefore] = useState(other.text)
  const root = fieldRoot(field.id, other.block)
  const name = writerName(other.label)
  const removed = muchRemoved(before, other.text)
  const [isOwnDoing, setOwnDoing] = useState(false)
  // Words that are added are part of what can be lost.
  if (removed === null && other.text.length > before.length) setBefore(other.text)
  const putAway = (): void => {
    setBefore(other.text)
    setOwnDoing(editing)
  }
  const takeBack = (): void => {
    const isOf = (key: string): boolean => key === root
    for (let steps = 0; steps < mostSteps; steps++) {
      const now = answering.document.plain.peek().texts[root] ?? ''
      if (muchRemoved(before, now) === null || !answering.document.canUndo(isOf)) return
      answering.document.undo(isOf)
    }
  }
  const bringToOwn = (): void => {
    const own = rootText(answering, fieldRoot(field.id, answering.block))
    const standing = own.read().trimEnd()
    own.write(standing === '' ? before : `${standing}\n\n${before}`)
    setBefore(other.text)
  }
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
          onClick={() => {
            if (!editing && answering.upToDate) {
              setBefore(other.text)
              setOwnDoing(true)
            } else if (editing && removed === null) setOwnDoing(false)
            setEditing(!editing && answering.upToDate)
          }}
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
        {removed !== null && isOwnDoing && (
          <UndoNote icon="warn" undo={takeBack} dismiss={putAway}>
            {other.text === ''
              ? t('clearedOthers', { name })
              : t('removedOthers', { name, count: removed })}
          </UndoNote>
        )}
      </div>
      <div role="status">
        {removed !== null && !isOwnDoing && (
          <p class="undo-note">
            <Icon name="warn" small />
            <span>{t('removedElsewhere', { name, count: removed })}</span>
            <button type="button" class="txt-btn" onClick={bringToOwn}>
              {t('bringToOwn')}
            </button>
            <button type="button" class="txt-btn" onClick={putAway}>
              {t('keepRemoved')}
            </button>
          </p>
        )}
      </div>
      {!editing && !answering.upToDate && <p class="hint">{t('editNeedsNetwork')}</p>}
    </article>
  )
}
