import type { FieldOf } from '../../../shared/domain/field.ts'
import { blockLabelOf } from '../../../shared/words/blocks.ts'
import { cellRoot } from '../../../shared/words/roots.ts'
import type { Row } from '../../../shared/words/rows.ts'
import { currentLanguageTag } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { Icon } from '../icon.tsx'
import type { Answering } from './answering.ts'
import { rootText } from './root-text.ts'
import { Seal, writerName } from './seal.tsx'
import { WritingArea } from './writing-area.tsx'

/** One row; in a group's table each cell has the own text, and the others' under it. */
export const TableRow = ({
  field,
  row,
  number,
  answering,
  place,
  remove,
}: {
  field: FieldOf<'table'>
  row: Row
  number: number
  answering: Answering
  /** Gives the row its place before its first word. */
  place(): void
  remove(): void
}) => {
  const t = strings('task')
  return (
    <tr>
      {field.columns.map(({ id, label }) => {
        const root = cellRoot(field.id, row.row, id, answering.block)
        const others = (row.cells[id] ?? []).filter(
          (cell) => cell.block !== null && cell.block !== answering.block && cell.text !== '',
        )
        return (
          <td key={id} data-label={local(label)}>
            <WritingArea
              key={root}
              textKey={root}
              text={placed(rootText(answering, root), place)}
              label={t('cell', { column: local(label), row: number })}
              oneLine
            />
            {others.map((cell, index) => (
              <OtherCell key={cell.block} cell={cell} index={index} answering={answering} />
            ))}
          </td>
        )
      })}
      <td class="row-end">
        {row.returned && <p class="hint">{t('rowReturned')}</p>}
        <button
          type="button"
          class="icon-btn"
          aria-label={t('removeRow', { row: number })}
          onClick={remove}
        >
          <Icon name="trash" small />
        </button>
      </td>
    </tr>
  )
}

const placed = (text: ReturnType<typeof rootText>, place: () => void): typeof text => ({
  ...text,
  write: (value) => {
    place()
    text.write(value)
  },
})

const OtherCell = ({
  cell,
  index,
  answering,
}: {
  cell: { block: string | null; text: string }
  index: number
  answering: Answering
}) => {
  const label = cell.block ? blockLabelOf(answering.document.plain.value, cell.block) : null
  return (
    <p class="other-cell">
      <Seal writer={label} index={index} />
      <span class="sr">{writerName(label)}: </span>
      <span dir="auto" lang={currentLanguageTag()}>
        {cell.text}
      </span>
    </p>
  )
}
