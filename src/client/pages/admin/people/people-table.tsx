import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { ListedPerson, PeopleList } from '../../../../shared/domain/people.ts'
import { formatDate } from '../../../i18n/format.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import { PersonForm } from './person-form.tsx'

interface Choice {
  chosen: ReadonlySet<string>
  choose(chosen: ReadonlySet<string>): void
}

/** One row for each, which opens into its form. `choice` null = whoever looks may change nothing. */
export const PeopleTable = ({
  list,
  people,
  choice,
  open,
  setOpen,
  close,
}: {
  list: PeopleList
  people: readonly ListedPerson[]
  choice: Choice | null
  open: ListedPerson | null
  setOpen(person: ListedPerson | null): void
  close(stored: boolean): Promise<void>
}) => {
  const t = strings('adminPeople')
  const areAll = choice !== null && people.every(({ id }) => choice.chosen.has(id))
  const chooseAll = (): void =>
    choice?.choose(areAll ? new Set() : new Set(people.map(({ id }) => id)))
  if (people.length === 0) return <p class="lede">{t('nobodyPasses')}</p>
  return (
    <table class="rows people">
      <caption class="sr">{t('title')}</caption>
      <thead>
        <tr>
          {choice && (
            <td>
              <label class="tick">
                <input type="checkbox" checked={areAll} onChange={chooseAll} />
                <span class="sr">{t('chooseAll')}</span>
              </label>
            </td>
          )}
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('audience')}</th>
          <th scope="col">{t('cohort')}</th>
          <th scope="col">{t('invitation')}</th>
          {choice && (
            <th scope="col">
              <span class="sr">{t('change')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row
            key={person.id}
            person={person}
            list={list}
            choice={choice}
            form={
              open?.id === person.id && <PersonForm person={person} list={list} close={close} />
            }
            turn={() => setOpen(open?.id === person.id ? null : person)}
          />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({
  person,
  list,
  choice,
  form,
  turn,
}: {
  person: ListedPerson
  list: PeopleList
  choice: Choice | null
  /** Below the row, while it is open. */
  form: ComponentChildren
  turn(): void
}) => {
  const t = strings('adminPeople')
  const titles = useMemo(
    () => new Map(list.audiences.map(({ id, title }) => [id, title])),
    [list.audiences],
  )
  const { id, name, email, audiences, roles, cohort } = person
  const tick = (isOn: boolean): void => {
    const next = new Set(choice?.chosen)
    if (isOn) next.add(id)
    else next.delete(id)
    choice?.choose(next)
  }
  const isMore = roles.length > 1 || roles[0] !== 'participant'
  return (
    <>
      <tr>
        {choice && (
          <td>
            <label class="tick">
              <input
                type="checkbox"
                checked={choice.chosen.has(id)}
                onChange={(event) => tick(event.currentTarget.checked)}
              />
              <span class="sr">{t('choose', { name })}</span>
            </label>
          </td>
        )}
        <th scope="row">
          {name}
          {email && <span class="mute">{email}</span>}
        </th>
        <td data-label={t('audience')}>
          {audiences.map((one) => titleOf(titles.get(one), one)).join(', ')}
          {isMore && <span class="mute">{roles.map((role) => t(`role_${role}`)).join(', ')}</span>}
        </td>
        <td data-label={t('cohort')} class="as-is">
          {list.cohorts.find((one) => one.id === cohort)?.name}
        </td>
        <td data-label={t('invitation')} class="as-is">
          <Progress {...person.invitation} />
        </td>
        {choice && (
          <td>
            <button
              type="button"
              class="txt-btn"
              aria-expanded={Boolean(form)}
              aria-label={t('changeWhom', { name })}
              onClick={turn}
            >
              {t('change')}
            </button>
          </td>
        )}
      </tr>
      {choice && form && (
        <tr class="opened">
          <td colSpan={6}>{form}</td>
        </tr>
      )}
    </>
  )
}

const titleOf = (title: { nn: string; nb: string } | undefined, id: string): string =>
  title ? local(title) : id

const Progress = ({ progress, at }: ListedPerson['invitation']) => {
  const t = strings('adminPeople')
  return (
    <>
      <span class="invitation" data-progress={progress}>
        {t(`progress_${progress}`)}
      </span>
      {at !== null && <span class="mute">{formatDate(new Date(at), new Date())}</span>}
    </>
  )
}
