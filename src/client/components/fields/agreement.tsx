import type { FieldOf } from '../../../shared/domain/field.ts'
import { agreedField } from '../../../shared/words/agreed.ts'
import { fieldRoot } from '../../../shared/words/roots.ts'
import { strings } from '../../i18n/i18n.ts'
import { SaveStateLine } from '../save-state.tsx'
import { type Answering, savingOf } from './answering.ts'
import { OthersBlock } from './others-block.tsx'
import { rootText } from './root-text.ts'
import { useOthersBlocks } from './use-others-blocks.ts'
import { WritingArea } from './writing-area.tsx'

/**
 * The one sentence that a group agrees on. Whoever writes it first has it in a block of their own; another proposal stands
 * below it with its writer, and none takes the place of the other by itself.
 */
export const Agreement = ({
  field,
  answering,
  base,
  block,
}: {
  field: FieldOf<'text' | 'longtext'>
  answering: Answering
  base: string
  block: string
}) => {
  const t = strings('task')
  const { document } = answering
  const agreed = { ...field, kind: 'text' as const, id: agreedField(field.id) }
  const root = fieldRoot(agreed.id, block)
  const others = useOthersBlocks(document.plain.value, agreed.id, block)
  const id = `${base}-agreed`
  return (
    <div class="agree">
      <header>
        <label class="h3" for={id}>
          {t('agreed')}
        </label>
        <span class="gap" />
        <SaveStateLine saving={savingOf(document, root)} />
      </header>
      {others.map((other, index) => (
        <OthersBlock
          key={other.block}
          field={agreed}
          other={other}
          index={index}
          answering={answering}
        />
      ))}
      <WritingArea
        key={root}
        textKey={root}
        text={rootText(answering, root)}
        id={id}
        oneLine
        placeholder={t(others.length === 0 ? 'agreedPlaceholder' : 'agreedOther')}
        describedBy={`${base}-sees`}
      />
    </div>
  )
}
