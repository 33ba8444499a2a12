import type { Field } from '../../../shared/domain/field.ts'
import { scalarStateKey } from '../../../shared/words/roots.ts'
import { strings } from '../../i18n/i18n.ts'
import { SaveStateLine } from '../save-state.tsx'
import { type Answering, savingOf } from './answering.ts'
import { WritingArea } from './writing-area.tsx'

/** The one sentence that a group agrees on. The last one written counts, so it is a scalar and no shared text. */
export const agreedKey = (field: string): string => `agreed/${field}`

export const Agreement = ({
  field,
  answering,
  base,
}: {
  field: Field
  answering: Answering
  base: string
}) => {
  const t = strings('task')
  const { document, beforeWrite } = answering
  const key = agreedKey(field.id)
  const id = `${base}-agreed`
  return (
    <div class="agree">
      <header>
        <label class="h3" for={id}>
          {t('agreed')}
        </label>
        <span class="gap" />
        <SaveStateLine saving={savingOf(document, scalarStateKey(key))} />
      </header>
      <WritingArea
        textKey={key}
        id={id}
        oneLine
        placeholder={t('agreedPlaceholder')}
        describedBy={`${base}-sees`}
        text={{
          read: () => {
            const agreed = document.plain.value.scalars[key]
            return typeof agreed === 'string' ? agreed : ''
          },
          write: (value) => {
            beforeWrite()
            document.setScalar(key, value.toWellFormed())
          },
        }}
      />
    </div>
  )
}
