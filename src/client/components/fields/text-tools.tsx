import { useState } from 'preact/hooks'
import { partsOfRoot } from '../../../shared/words/roots.ts'
import { formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import type { Answering, EarlierText } from './answering.ts'
import { QuietButton } from './quiet-button.tsx'
import { rootText } from './root-text.ts'
import { UndoButtons } from './undo-buttons.tsx'
import { UndoNote } from './undo-note.tsx'

/** Under a text: undo, and what the text was before. */
export const TextTools = ({
  answering,
  question,
  roots,
  written,
}: {
  answering: Answering
  /** What the earlier texts answered. */
  question: string
  /** Whether an earlier text of this root belongs here: a group's field has one for each writer. */
  roots(root: string): boolean
  /** Something stands here now; under a blank field the button waits until somebody goes into it. */
  written: boolean
}) => {
  const t = strings('task')
  const [open, setOpen] = useState(false)
  const [back, setBack] = useState<EarlierText | null>(null)
  const { document, versions } = answering
  const isThere = back !== null && (document.plain.value.texts[back.root] ?? '') === back.text

  const bringBack = (text: EarlierText): void => {
    rootText(answering, text.root).write(text.text)
    setBack(text)
  }
  return (
    <>
      <div class={written ? 'text-tools' : 'text-tools blank'}>
        <UndoButtons document={document} within={roots} />
        {versions && (
          <QuietButton icon="clock" press={() => setOpen(true)}>
            {t('earlierVersions')}
            <span class="sr">: {question}</span>
          </QuietButton>
        )}
      </div>
      {open &&
        versions?.({
          question,
          includes: roots,
          mayBringBack: (root) => answering.upToDate || isOwn(answering, root),
          bringBack,
          close: () => setOpen(false),
        })}
      <div role="status">
        {isThere && (
          <UndoNote icon="clock" undo={() => document.undo(roots)}>
            {t('broughtBack', { when: formatMoment(back.at) })}
          </UndoNote>
        )}
      </div>
    </>
  )
}

const isOwn = (answering: Answering, root: string): boolean => {
  const block = partsOfRoot(root)?.block ?? null
  return block === null || answering.isOfThisDevice(block)
}
