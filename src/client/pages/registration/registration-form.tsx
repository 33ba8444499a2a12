import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import {
  mostRegistrants,
  type Registration,
  type RegistrationSight,
} from '../../../shared/domain/registration.ts'
import type { ErrorCode } from '../../../shared/protocol/errors.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { sendRegistration } from '../../state/registration.ts'
import { useShell } from '../../state/shell.ts'
import { Confirmed } from './confirmed.tsx'
import { PersonRow } from './person-row.tsx'
import { isUncertain, mostWords, sayLinkFailure } from './registration-words.ts'
import {
  asRegistrants,
  emptyRow,
  findMistakes,
  isEmpty,
  type Kept,
  keepRows,
  type RowField,
  readKept,
} from './rows.ts'

/** Rows of people. What is typed stays on the device until the server has confirmed it. */
export const RegistrationForm = ({
  token,
  sight,
  refresh,
}: {
  token: string
  sight: RegistrationSight
  refresh(): Promise<void>
}) => {
  const shell = useShell()
  const t = strings('registration')
  const box = useRef<HTMLFormElement>(null)
  const [kept, setKept] = useState<Kept>(
    () => readKept(storage(), token) ?? { rows: [emptyRow('1')], sent: null },
  )
  const [checks, setChecks] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | 'unreachable' | null>(
    kept.sent ? 'unreachable' : null,
  )
  const [done, setDone] = useState<{ sent: Registration; seats: number } | null>(null)
  const [focus, setFocus] = useState<{ row: string; field: RowField } | null>(null)
  const { rows, sent } = kept
  const mistakes = checks ? findMistakes(rows) : new Map()
  useLayoutEffect(() => {
    if (!focus) return
    box.current?.querySelector<HTMLElement>(`[name="${focus.field}-${focus.row}"]`)?.focus()
    setFocus(null)
  }, [focus])

  const keep = (next: Kept): void => {
    setKept(next)
    keepRows(storage(), token, next.sent || next.rows.some((row) => !isEmpty(row)) ? next : null)
  }
  const change = (key: string, field: RowField, value: string): void => {
    setFailure(null)
    const changed = rows.map((row) => (row.key === key ? { ...row, [field]: value } : row))
    keep({ rows: changed, sent: null })
  }
  const add = (): void => {
    const row = emptyRow(crypto.randomUUID())
    keep({ rows: [...rows, row], sent: null })
    setFocus({ row: row.key, field: 'name' })
  }
  const remove = (key: string): void => {
    const at = rows.findIndex((row) => row.key === key)
    const left = rows.filter((row) => row.key !== key)
    keep({ rows: left, sent: null })
    const next = left[Math.min(at, left.length - 1)]
    if (next) setFocus({ row: next.key, field: 'name' })
  }
  /** Enter goes to the next person, so that nobody sends too early. */
  const goDown = (key: string, field: RowField): void => {
    const next = rows[rows.findIndex((row) => row.key === key) + 1]
    if (next) setFocus({ row: next.key, field })
    else if (rows.length < mostRegistrants) add()
  }

  const send = async (): Promise<void> => {
    setChecks(true)
    const found = findMistakes(rows)
    const [first] = found
    if (!sent && first) {
      const [row, wrong] = first
      const field = (['name', 'email', 'audience'] as const).find((one) => wrong[one])
      if (field) setFocus({ row, field })
      return
    }
    const body = sent ?? { attempt: crypto.randomUUID(), people: asRegistrants(rows) }
    setBusy(true)
    setFailure(null)
    // Before it is sent: a device that is shut now sends the same again.
    keep({ rows, sent: body })
    const told = await shell.ask((deps) => sendRegistration(deps, token, body))
    setBusy(false)
    if (told.ok) {
      keepRows(storage(), token, null)
      setKept({ rows: [emptyRow('1')], sent: null })
      setChecks(false)
      setDone({ sent: body, seats: told.value.seats })
      return refresh()
    }
    setFailure(told.error)
    if (!isUncertain(told.error)) keep({ rows, sent: null })
  }

  if (done) {
    return (
      <Confirmed
        registration={done.sent}
        seats={done.seats}
        network={sight.network}
        more={() => {
          setDone(null)
          setFocus({ row: '1', field: 'name' })
        }}
      />
    )
  }
  const isHeld = sent !== null
  return (
    <form
      ref={box}
      class="registration-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h2>{t('who')}</h2>
      <p class="hint">{t('whoHint')}</p>
      {rows.map((row, index) => (
        <PersonRow
          key={row.key}
          row={row}
          number={index + 1}
          audiences={sight.audiences}
          mistakes={mistakes.get(row.key) ?? {}}
          isHeld={isHeld}
          change={(field, value) => change(row.key, field, value)}
          goDown={(field) => goDown(row.key, field)}
          remove={rows.length > 1 && !isHeld ? () => remove(row.key) : null}
        />
      ))}
      {!isHeld && rows.length < mostRegistrants && (
        <button type="button" class="btn line" onClick={add}>
          <Icon name="plus" />
          {t('addPerson')}
        </button>
      )}
      {rows.length >= mostRegistrants && <p class="hint">{mostWords()}</p>}
      <div role="alert">
        {mistakes.size > 0 && <p class="note err">{t('lookThrough')}</p>}
        {failure && !busy && (
          <p class="note err">{isHeld ? t('uncertain') : sayLinkFailure(failure)}</p>
        )}
      </div>
      {sight.free === 0 && <p class="note">{t('willWait')}</p>}
      <div class="row">
        <button type="submit" class="btn lamp" disabled={busy}>
          {busy ? t('sending') : isHeld ? t('sendAgain') : t('send')}
        </button>
        <span class="hint">{t('keptHere')}</span>
      </div>
    </form>
  )
}

const storage = (): Storage | null => {
  try {
    return localStorage
  } catch {
    return null // the browser refuses
  }
}
