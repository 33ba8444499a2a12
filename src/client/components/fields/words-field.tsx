import type { FieldOf } from '../../../shared/domain/field.ts'
import { longestWord, mostWords } from '../../../shared/domain/vote.ts'
import { fieldRoot } from '../../../shared/words/roots.ts'
import { strings } from '../../i18n/i18n.ts'
import { savingOf } from './answering.ts'
import { FieldFoot } from './field-foot.tsx'
import { FieldHint, fieldIds, questionText } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { rootText } from './root-text.ts'
import { WritingArea } from './writing-area.tsx'

/** A few words, for a cloud of everybody's. Whatever is typed stays; what will not be counted is said. */
export const WordsField = ({ field, number, answering, base }: FieldProps<FieldOf<'words'>>) => {
  const ids = fieldIds(base, field)
  const t = strings('vote')
  const root = fieldRoot(field.id, answering.block)
  const words = (answering.document.plain.value.texts[root] ?? '')
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
  const tooLong = words.find((word) => word.length > longestWord)
  return (
    <div class="field">
      <label class="q" for={ids.input}>
        {questionText(field, number)}
      </label>
      <FieldHint field={field} base={base} />
      <WritingArea
        textKey={root}
        text={rootText(answering, root)}
        id={ids.input}
        describedBy={`${ids.described} ${base}-words`}
        oneLine
      />
      <p class="hint" id={`${base}-words`} role="status">
        {tooLong
          ? t('wordTooLong', { count: longestWord })
          : words.length > mostWords
            ? t('tooManyWords', { count: mostWords })
            : t('wordsHint', { count: mostWords })}
      </p>
      <FieldFoot field={field} saving={savingOf(answering.document, root)} id={ids.sees} />
    </div>
  )
}
