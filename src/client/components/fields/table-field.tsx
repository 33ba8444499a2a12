import { useRef, useState } from 'preact/hooks'
import type { FieldOf } from '../../../shared/domain/field.ts'
import { partsOfRoot } from '../../../shared/words/roots.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey, rowsOf } from '../../../shared/words/rows.ts'
import { currentLanguageTag } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { Icon } from '../icon.tsx'
import { savingOf } from './answering.ts'
import { combinedSaving } from './combined-saving.ts'
import { FieldFoot } from './field-foot.tsx'
import { fieldIds, GroupedField } from './field-frame.tsx'
import type { FieldProps } from './field-props.ts'
import { othersIn } from './others-in.ts'
import { TableRow } from './table-row.tsx'
import { placesFor, shownRows } from './table-rows.ts'
import { UndoNote } from './undo-note.tsx'

/** Rows of texts. On a phone each row is a block with the columns as labels. */
export const TableField = ({ field, number, answering, base }: FieldProps<FieldOf<'table'>>) => {
  const t = strings('task')
  const { document, beforeWrite } = answering
  const plain = document.plain.value
  const [blanks, setBlanks] = useState(() => {
    const written = shownRows(document.plain.peek(), field.id, []).length
    return Array.from({ length: Math.max(1, (field.rows ?? 1) - written) }, newRowId)
  })
  const [removed, setRemoved] = useState(false)
  const [othersRow, setOthersRow] = useState<{ row: string; names: string } | null>(null)
  const add = useRef<HTMLButtonElement>(null)
  const rows = shownRows(plain, field.id, blanks)
  const ownRoots = Object.keys(plain.texts).filter((root) => {
    const parts = partsOfRoot(root)
    return parts?.field === field.id && (parts.block ?? undefined) === answering.block
  })

  const place = (row: string): void => {
    beforeWrite()
    for (const [id, order] of placesFor(rows, row)) {
      document.setScalar(rowOrderKey(field.id, id), order)
    }
  }
  const remove = (row: string): void => {
    setBlanks(blanks.filter((id) => id !== row))
    if (rows.some((one) => one.row === row && (one.order !== '' || hasText(one.cells)))) {
      beforeWrite()
      document.setScalar(rowHiddenKey(field.id, row), hiddenValue(plain, field.id, row))
      const names = othersIn(answering, rows.find((one) => one.row === row)?.cells ?? {})
      setOthersRow(names === '' ? null : { row, names })
    }
    setRemoved(true)
    add.current?.focus() // the pressed button goes with its row
  }
  const bringBack = (row: string): void => {
    document.setScalar(rowHiddenKey(field.id, row), null)
    setRemoved(false)
    setOthersRow(null)
  }
  const hidden = rowsOf(plain, field.id).filter((row) => row.hidden && hasText(row.cells))

  return (
    <GroupedField field={field} number={number} base={base} kind="table">
      <table class="tbl-f" style={{ '--columns': field.columns.length }}>
        <thead>
          <tr>
            {field.columns.map(({ id, label }) => (
              <th key={id} scope="col">
                {local(label)}
              </th>
            ))}
            <th scope="col">
              <span class="sr">{t('row')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <TableRow
              key={row.row}
              field={field}
              row={row}
              number={index + 1}
              answering={answering}
              place={() => place(row.row)}
              remove={() => remove(row.row)}
            />
          ))}
        </tbody>
      </table>
      <div class="row table-foot">
        <button
          ref={add}
          type="button"
          class="btn line small"
          onClick={() => setBlanks([...blanks, newRowId()])}
        >
          <Icon name="plus" small />
          {t('addRow')}
        </button>
        <span role="status" class="row">
          {removed && <span class="hint">{t('rowRemoved')}</span>}
        </span>
      </div>
      <div role="alert">
        {othersRow && (
          <UndoNote
            icon="warn"
            undo={() => bringBack(othersRow.row)}
            dismiss={() => setOthersRow(null)}
          >
            {t('rowOfOthersRemoved', { name: othersRow.names })}
          </UndoNote>
        )}
      </div>
      {hidden.length > 0 && (
        <details class="removed-rows">
          <summary>{t('removedRows', { count: hidden.length })}</summary>
          <ul>
            {hidden.map((row) => (
              <li key={row.row} class="row">
                <span class="written" dir="auto" lang={currentLanguageTag()}>
                  {rowText(row.cells)}
                </span>
                <span class="gap" />
                <button type="button" class="btn line small" onClick={() => bringBack(row.row)}>
                  {t('bringBack')}
                  <span class="sr"> {rowText(row.cells)}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <FieldFoot
        field={field}
        saving={combinedSaving(ownRoots.map((root) => savingOf(document, root)))}
        id={fieldIds(base, field).sees}
      />
    </GroupedField>
  )
}

const rowText = (cells: Record<string, { text: string }[]>): string =>
  Object.values(cells)
    .flatMap((texts) => texts.map(({ text }) => text.trim()))
    .filter((text) => text !== '')
    .join(' · ')

const hasText = (cells: Record<string, { text: string }[]>): boolean =>
  Object.values(cells).some((texts) => texts.some(({ text }) => text !== ''))

/** Random, so that rows of two offline devices are two rows. */
const newRowId = (): string => crypto.randomUUID().slice(0, 13)
