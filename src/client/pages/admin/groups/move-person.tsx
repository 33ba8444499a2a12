import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { strings } from '../../../i18n/i18n.ts'

/** A button that opens a choice of groups: by keyboard, mouse and touch alike. */
export const MovePerson = ({
  person,
  groups,
  current,
  move,
}: {
  person: { id: string; name: string }
  groups: readonly { key: string; name: string }[]
  /** Key of the group where they are; null = none. */
  current: string | null
  move(to: string | null): void
}) => {
  const t = strings('adminGroups')
  const id = useId()
  const [opens, setOpens] = useState(false)
  const [to, setTo] = useState('')
  const button = useRef<HTMLButtonElement>(null)
  const select = useRef<HTMLSelectElement>(null)
  useLayoutEffect(() => {
    if (opens) select.current?.focus()
  }, [opens])
  const close = (): void => {
    setOpens(false)
    setTo('')
    // After it is there again.
    requestAnimationFrame(() => button.current?.focus())
  }
  if (!opens) {
    return (
      <button
        type="button"
        ref={button}
        id={moveButtonId(person.id)}
        class="txt-btn"
        aria-label={t('moveWhom', { name: person.name })}
        onClick={() => setOpens(true)}
      >
        {t('move')}
      </button>
    )
  }
  return (
    <form
      class="move-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (to === '') return select.current?.focus()
        setOpens(false)
        setTo('')
        move(to === nowhere ? null : to)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <label class="sr" for={id}>
        {t('moveWhomTo', { name: person.name })}
      </label>
      <select
        id={id}
        ref={select}
        class="area one"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      >
        <option value="" disabled>
          {t('moveTo')}
        </option>
        {groups
          .filter(({ key }) => key !== current)
          .map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        {current !== null && <option value={nowhere}>{t('noGroup')}</option>}
      </select>
      <button type="submit" class="btn small">
        {t('move')}
      </button>
      <button type="button" class="btn line small" onClick={close}>
        {strings('admin')('cancel')}
      </button>
    </form>
  )
}

const nowhere = 'nowhere!' // no key of a group: those hold no such sign

export const moveButtonId = (person: string): string => `move-${person}`

/** After a move the row is elsewhere: the focus goes along. */
export const focusMoved = (person: string): void => {
  requestAnimationFrame(() => document.getElementById(moveButtonId(person))?.focus())
}
