import { useState } from 'preact/hooks'
import type { FieldOf } from '../../../shared/domain/field.ts'
import { questionOf } from '../../../shared/words/agreed.ts'
import { fieldRoot, partsOfRoot } from '../../../shared/words/roots.ts'
import { strings } from '../../i18n/i18n.ts'
import { Icon } from '../icon.tsx'
import { SaveStateLine } from '../save-state.tsx'
import { Agreement } from './agreement.tsx'
import { savingOf } from './answering.ts'
import { FieldFoot, WhoSees } from './field-foot.tsx'
import { fieldIds, GroupedField, questionText } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { OthersBlock } from './others-block.tsx'
import { rootText } from './root-text.ts'
import { blockClass, Seal, writerName } from './seal.tsx'
import { TextTools } from './text-tools.tsx'
import { useOthersBlocks } from './use-others-blocks.ts'
import { WritingArea } from './writing-area.tsx'

/** A text that a group writes: a block for each writer. While there is only the own one, it looks like any field. */
export const GroupTextField = ({
  field,
  number,
  answering,
  base,
  block,
}: FieldProps<FieldOf<'text' | 'longtext'>> & { block: string }) => {
  const t = strings('task')
  const { document, writer } = answering
  const ids = fieldIds(base, field)
  const root = fieldRoot(field.id, block)
  const others = useOthersBlocks(document.plain.value, field.id, block)
  const hasOwn = document.plain.value.texts[root] !== undefined
  const alone = others.length === 0
  // A block that is being written in stays open when another writer's words arrive.
  const [openedBlock, setOpenedBlock] = useState<string | null>(null)
  const [added, setAdded] = useState(false)
  const open = alone || openedBlock === block || hasOwn
  const saving = savingOf(document, root)

  return (
    <GroupedField field={field} number={number} base={base} kind="group-text">
      {others.map((other, index) => (
        <OthersBlock
          key={other.block}
          field={field}
          other={other}
          index={index}
          answering={answering}
        />
      ))}
      {open ? (
        <div key={block} class={alone ? 'alone' : blockClass(others.length)}>
          {!alone && (
            <header>
              <Seal writer={writer} index={others.length} />
              <b>{writerName(writer)}</b>
              <span class="mute s2">{t('youWriteHere')}</span>
              <span class="gap" />
              <SaveStateLine saving={saving} />
            </header>
          )}
          <WritingArea
            key={root}
            textKey={root}
            text={rootText(answering, root)}
            label={`${questionText(field, null)} ${writerName(writer)}`}
            describedBy={ids.described}
            oneLine={field.kind === 'text'}
            focusAtStart={added}
            onFocus={() => setOpenedBlock(block)}
          />
        </div>
      ) : (
        <button
          key="add"
          type="button"
          class="btn line small add"
          onClick={() => {
            setAdded(true)
            setOpenedBlock(block)
          }}
        >
          <Icon name="plus" />
          {t('addAnswer')}
        </button>
      )}
      {alone ? (
        <FieldFoot field={field} saving={saving} id={ids.sees} />
      ) : (
        <div class="field-foot">
          <WhoSees sees={field.sees} id={ids.sees} />
        </div>
      )}
      <TextTools
        answering={answering}
        question={questionText(field, null)}
        roots={(one) => isTextOf(one, field.id)}
        written={!alone || hasOwn}
      />
      {field.kind === 'longtext' && (
        <Agreement field={field} answering={answering} base={base} block={block} />
      )}
    </GroupedField>
  )
}

/** Every writer's text, and what they have agreed on. */
const isTextOf = (root: string, field: string): boolean => {
  const parts = partsOfRoot(root)
  return parts?.kind === 'field' && questionOf(parts.field) === field
}
