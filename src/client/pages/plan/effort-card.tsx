import { useId } from 'preact/hooks'
import { effortStates, effortTerms, type PlanField } from '../../../shared/domain/plan.ts'
import { blockLabelOf } from '../../../shared/words/blocks.ts'
import {
  distinctTexts,
  type Effort,
  type EffortFact,
  effortKey,
} from '../../../shared/words/plan.ts'
import { cellRoot, scalarStateKey } from '../../../shared/words/roots.ts'
import { type Answering, savingOf } from '../../components/fields/answering.ts'
import { combinedSaving } from '../../components/fields/combined-saving.ts'
import { rootText } from '../../components/fields/root-text.ts'
import { Seal, writerName } from '../../components/fields/seal.tsx'
import { WritingArea } from '../../components/fields/writing-area.tsx'
import { Icon } from '../../components/icon.tsx'
import { SaveStateLine } from '../../components/save-state.tsx'
import { currentLanguageTag } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'

const facts: readonly EffortFact[] = ['state', 'term', 'deadline']

/** One effort: what it is, what it gives and for whom, when, and how it goes. */
export const EffortCard = ({
  field,
  effort,
  number,
  answering,
  share,
  place,
  remove,
}: {
  field: PlanField
  effort: Effort
  number: number
  answering: Answering
  /** Where it is shared as a card; null while nothing stands in it. */
  share: string | null
  /** Gives the row its place before its first word. */
  place(): void
  remove(): void
}) => {
  const t = strings('plan')
  const id = useId()
  const { document, block } = answering
  const [first, ...others] = field.columns.filter(
    ({ id: column }) => column !== field.plan?.deadline || (effort.cells[column] ?? []).length > 0,
  )
  const set = (fact: EffortFact, value: string | null): void => {
    place()
    document.setScalar(effortKey(field.id, effort.row, fact), value)
  }
  const keys = [
    ...field.columns.map((column) => cellRoot(field.id, effort.row, column.id, block)),
    ...facts.map((fact) => scalarStateKey(effortKey(field.id, effort.row, fact))),
  ]
  const cell = (column: PlanField['columns'][number], isName: boolean) => (
    <Cell
      key={column.id}
      column={column}
      isName={isName}
      {...{ field, effort, number, answering, place }}
    />
  )
  return (
    <li class={`effort is-${effort.state}`} data-row={effort.row} tabIndex={-1}>
      <div class="effort-name">
        <span class="effort-n num" aria-hidden="true">
          {number}
        </span>
        {first && cell(first, true)}
        <button
          type="button"
          class="icon-btn"
          aria-label={t('remove', { number })}
          onClick={remove}
        >
          <Icon name="trash" small />
        </button>
      </div>
      {effort.returned && <p class="hint">{strings('task')('rowReturned')}</p>}
      <div class="effort-cells">{others.map((column) => cell(column, false))}</div>
      <div class="effort-facts">
        <div>
          <label for={`${id}-state`}>{t('state')}</label>
          <select
            id={`${id}-state`}
            class="area one"
            value={effort.state}
            onChange={(event) => set('state', event.currentTarget.value)}
          >
            {effortStates.map((state) => (
              <option key={state} value={state}>
                {t(`state_${state}`)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for={`${id}-term`}>{t('term')}</label>
          <select
            id={`${id}-term`}
            class="area one"
            value={effort.term ?? ''}
            onChange={(event) => set('term', event.currentTarget.value || null)}
          >
            <option value="">{t('termNone')}</option>
            {effortTerms.map((term) => (
              <option key={term} value={term}>
                {t(`term_${term}`)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for={`${id}-deadline`}>{t('deadline')}</label>
          <input
            id={`${id}-deadline`}
            type="date"
            class="area one"
            value={effort.deadline ?? ''}
            onChange={(event) => set('deadline', event.currentTarget.value || null)}
          />
        </div>
        {share && (
          <a class="txt-btn" href={share}>
            {strings('cards')('write')}
            <span class="sr"> {number}</span>
          </a>
        )}
        <SaveStateLine saving={combinedSaving(keys.map((key) => savingOf(document, key)))} />
      </div>
    </li>
  )
}

/** The own text of a column, and under it what others have written there. */
const Cell = ({
  field,
  effort,
  number,
  column,
  isName,
  answering,
  place,
}: {
  field: PlanField
  effort: Effort
  number: number
  column: PlanField['columns'][number]
  isName: boolean
  answering: Answering
  place(): void
}) => {
  const { document, block } = answering
  const root = cellRoot(field.id, effort.row, column.id, block)
  const text = rootText(answering, root)
  const label = local(column.label)
  // What others have word for word as one's own stands in one's own field.
  const own = text.read().trim()
  const others = distinctTexts(document.plain.value, effort.cells[column.id] ?? []).filter(
    (cell) => cell.block !== null && cell.block !== block && cell.text.trim() !== own,
  )
  return (
    <div class={isName ? 'effort-cell name' : 'effort-cell'}>
      <span class={isName ? 'sr' : 'cell-label'} aria-hidden="true">
        {label}
      </span>
      {others.map((cell, index) => {
        const writer = cell.block ? blockLabelOf(document.plain.value, cell.block) : null
        return (
          <p class="other-cell" key={cell.block}>
            <Seal writer={writer} index={index} />
            <span class="sr">{writerName(writer)}: </span>
            <span dir="auto" lang={currentLanguageTag()}>
              {cell.text}
            </span>
          </p>
        )
      })}
      <WritingArea
        key={root}
        textKey={root}
        text={{
          ...text,
          write: (value) => {
            place()
            text.write(value)
          },
        }}
        label={strings('plan')('cell', { column: label, number })}
        {...(isName && { placeholder: label })}
        oneLine
      />
    </div>
  )
}
