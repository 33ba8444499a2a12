import { useEffect, useRef, useState } from 'preact/hooks'
import type { PlanField } from '../../../shared/domain/plan.ts'
import { type Effort, effortsOf, newEffort } from '../../../shared/words/plan.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey } from '../../../shared/words/rows.ts'
import { documentId } from '../../../shared/words/scope.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import type { Answering } from '../../components/fields/answering.ts'
import { othersIn } from '../../components/fields/others-in.ts'
import { placesFor } from '../../components/fields/table-rows.ts'
import { UndoNote } from '../../components/fields/undo-note.tsx'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import type { OwnGroup } from '../task/use-group.ts'
import { type Candidate, candidatesFor } from './candidates.ts'
import { EffortCard } from './effort-card.tsx'
import { FromSheets } from './from-sheets.tsx'
import { useSharedCandidate } from './shared-candidate.ts'

/** All efforts of a plan, those that can be fetched from the sheets, and those that were taken out. */
export const Efforts = ({
  field,
  group,
  answering,
}: {
  field: PlanField
  group: OwnGroup
  answering: Answering
}) => {
  const { outline, words } = useServices()
  const t = strings('plan')
  const { document, block, beforeWrite } = answering
  const plain = document.plain.value
  const [blanks, setBlanks] = useState<readonly string[]>([])
  const [justRemoved, setJustRemoved] = useState<Removed | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const toFocus = useRef<{ row: string; isNew: boolean } | null>(null)
  // Another one at each visit: an effort whose card was withdrawn can be shared again.
  const [visit] = useState(() => crypto.randomUUID().slice(0, 8))
  const stored = effortsOf(plain, field.id)
  const known = new Set(stored.map(({ row }) => row))
  const shown = [
    ...stored.filter(({ hidden }) => !hidden),
    ...blanks.filter((row) => !known.has(row)).map(blankEffort),
  ]
  const removed = stored.filter(({ hidden, cells }) => hidden && nameOf(field, cells) !== '')
  const plainOf = (item: string) =>
    words.documents.value.find(({ id }) => id === documentId(group.scope, item))?.plain ?? null
  const candidates = [
    ...useSharedCandidate(field, stored),
    ...candidatesFor(outline, plainOf, { field, plain }),
  ]

  const place = (row: string): void => {
    beforeWrite()
    for (const [id, order] of placesFor(shown, row))
      document.setScalar(rowOrderKey(field.id, id), order)
  }
  const add = (): void => {
    const row = crypto.randomUUID().slice(0, 13)
    setBlanks((before) => [...before, row])
    toFocus.current = { row, isNew: true }
  }
  const remove = (effort: Effort): void => {
    setBlanks(blanks.filter((row) => row !== effort.row))
    addButton.current?.focus() // the pressed button goes with its effort
    if (!known.has(effort.row)) return
    beforeWrite()
    document.setScalar(rowHiddenKey(field.id, effort.row), hiddenValue(plain, field.id, effort.row))
    const names = othersIn(answering, effort.cells)
    setJustRemoved({ row: effort.row, called: nameOf(field, effort.cells) || t('unnamed'), names })
  }
  const bringBack = (row: string): void => {
    document.setScalar(rowHiddenKey(field.id, row), null)
    setJustRemoved(null)
    toFocus.current = { row, isNew: false }
  }
  // An effort that has just come takes the focus: the button that brought it may be gone.
  useEffect(() => {
    if (!toFocus.current) return
    const { row, isNew } = toFocus.current
    const card = list.current?.querySelector<HTMLElement>(`[data-row="${row}"]`)
    if (!card) return
    toFocus.current = null
    // Elsewhere than in an empty one the focus in a text would open a tablet's keyboard over what is to be read.
    ;(isNew ? card.querySelector('textarea') : card)?.focus()
  })
  const fetchIn = (chosen: readonly Candidate[]): void => {
    beforeWrite()
    let after: string | undefined
    for (const candidate of chosen) {
      const made = newEffort({ field: field.id, plain, block }, candidate, after)
      for (const [key, value] of made.scalars) document.setScalar(key, value)
      for (const [root, text] of made.texts) document.setText(root, text)
      after = made.order
      toFocus.current ??= { row: made.row, isNew: false }
    }
  }
  return (
    <>
      {shown.length === 0 && (
        <EmptyState drawing="table" title={t('empty')} text={t('emptyText')} />
      )}
      <ol class="efforts" ref={list}>
        {shown.map((effort, index) => (
          <EffortCard
            key={effort.row}
            field={field}
            effort={effort}
            number={index + 1}
            answering={answering}
            share={known.has(effort.row) ? shareOf(group, effort, visit) : null}
            place={() => place(effort.row)}
            remove={() => remove(effort)}
          />
        ))}
      </ol>
      <div class="row plan-buttons">
        <button type="button" class="btn" ref={addButton} onClick={add}>
          <Icon name="plus" />
          {t('add')}
        </button>
      </div>
      <div role="alert">
        {justRemoved && (
          <UndoNote
            icon={justRemoved.names === '' ? 'trash' : 'warn'}
            undo={() => bringBack(justRemoved.row)}
            dismiss={() => {
              setJustRemoved(null)
              addButton.current?.focus()
            }}
          >
            {t(justRemoved.names === '' ? 'tookOut' : 'tookOutOthers', { ...justRemoved })}
          </UndoNote>
        )}
      </div>
      {candidates.length > 0 && <FromSheets candidates={candidates} take={fetchIn} />}
      {removed.length > 0 && (
        <details class="removed-rows">
          <summary>{t('removed', { count: removed.length })}</summary>
          <ul>
            {removed.map(({ row, cells }) => (
              <li key={row} class="row">
                <span class="written" dir="auto">
                  {nameOf(field, cells)}
                </span>
                <span class="gap" />
                <button type="button" class="btn line small" onClick={() => bringBack(row)}>
                  {strings('task')('bringBack')}
                  <span class="sr"> {nameOf(field, cells)}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** The effort that was taken out last, and the names of the others who have written in it. */
interface Removed {
  row: string
  called: string
  names: string
}

const shareOf = ({ scope }: OwnGroup, { row }: Effort, visit: string): string =>
  `${links.writeCard(`${row}-${visit}`)}?gruppe=${encodeURIComponent(scope)}&tiltak=${row}`

const blankEffort = (row: string): Effort => ({
  ...{ row, order: '', cells: {}, hidden: false, returned: false },
  ...{ state: 'not-begun', term: null, deadline: null, from: null },
})

/** What an effort is called: its first column, else whatever is written. */
export const nameOf = ({ columns }: PlanField, cells: Effort['cells']): string => {
  for (const { id } of columns) {
    const text = (cells[id] ?? []).map((cell) => cell.text.trim()).find((one) => one !== '')
    if (text) return text
  }
  return ''
}
