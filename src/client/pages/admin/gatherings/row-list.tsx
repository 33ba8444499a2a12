import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { moved } from './gathering-draft.ts'

/** Rows that can be added, moved and removed, by keyboard as by hand; what happened is told. */
export const RowList = <Row extends { id: number }>({
  rows,
  most,
  change,
  make,
  nameOf,
  legendOf,
  addLabel,
  movable,
  children,
}: {
  rows: readonly Row[]
  most: number
  change(rows: readonly Row[]): void
  make(): Row
  /** Empty while it has none. */
  nameOf(row: Row): string
  legendOf(number: number): string
  addLabel: string
  movable?: boolean
  children(row: Row, set: (part: Partial<Row>) => void): ComponentChildren
}) => {
  const t = strings('adminGatherings')
  const [told, setTold] = useState('')
  const list = useRef<HTMLDivElement>(null)
  /** What has the focus after the next drawing: a moved row's own button, or a new row's first field. */
  const focus = useRef<{ id: number; on: string } | null>(null)
  useEffect(() => {
    const wanted = focus.current
    if (!wanted) return
    focus.current = null
    const row = list.current?.querySelector(`[data-row="${wanted.id}"]`)
    const button = row?.querySelector<HTMLButtonElement>(wanted.on)
    const other = row?.querySelector<HTMLElement>('.move button:not(:disabled), input')
    ;(button?.disabled ? other : button)?.focus()
  })
  const called = (row: Row): string => nameOf(row).trim() || t('unnamed')
  const move = (row: Row, by: -1 | 1): void => {
    const after = moved(rows, row.id, by)
    focus.current = { id: row.id, on: by < 0 ? '.up' : '.down' }
    const number = after.indexOf(row) + 1
    setTold(t('moved', { what: called(row), number, count: rows.length }))
    change(after)
  }
  const remove = (row: Row): void => {
    const at = rows.indexOf(row)
    const next = rows[at + 1] ?? rows[at - 1]
    if (next) focus.current = { id: next.id, on: '.remove' }
    else list.current?.parentElement?.querySelector<HTMLElement>('.add')?.focus()
    setTold(t('removed', { what: called(row) }))
    change(rows.filter(({ id }) => id !== row.id))
  }
  const add = (): void => {
    const row = make()
    focus.current = { id: row.id, on: 'input' }
    setTold('')
    change([...rows, row])
  }
  return (
    <>
      <div ref={list}>
        {rows.map((row, index) => (
          <fieldset key={row.id} class="form-row" data-row={row.id}>
            <legend>{legendOf(index + 1)}</legend>
            {children(row, (part) =>
              change(rows.map((one) => (one.id === row.id ? { ...one, ...part } : one))),
            )}
            <div class="move">
              {movable && (
                <>
                  <button
                    type="button"
                    class="txt-btn up"
                    disabled={index === 0}
                    aria-label={`${t('moveUp')}: ${called(row)}`}
                    onClick={() => move(row, -1)}
                  >
                    {t('moveUp')}
                  </button>
                  <button
                    type="button"
                    class="txt-btn down"
                    disabled={index === rows.length - 1}
                    aria-label={`${t('moveDown')}: ${called(row)}`}
                    onClick={() => move(row, 1)}
                  >
                    {t('moveDown')}
                  </button>
                </>
              )}
              <button
                type="button"
                class="txt-btn remove"
                aria-label={`${t('remove')}: ${called(row)}`}
                onClick={() => remove(row)}
              >
                {t('remove')}
              </button>
            </div>
          </fieldset>
        ))}
      </div>
      <p role="status" class="hint told">
        {told}
      </p>
      {rows.length < most && (
        <button type="button" class="btn line small add" onClick={add}>
          <Icon name="plus" />
          {addLabel}
        </button>
      )}
    </>
  )
}
