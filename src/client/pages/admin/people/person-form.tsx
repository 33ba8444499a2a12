import { useState } from 'preact/hooks'
import { madeSchema } from '../../../../shared/domain/administration.ts'
import {
  givenRoleSchema,
  type ListedPerson,
  type PeopleList,
  type PersonChange,
} from '../../../../shared/domain/people.ts'
import { serviceAreas } from '../../../../shared/domain/service-area.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { Entry, Selection } from '../entry.tsx'
import { ErasePerson } from './erase-person.tsx'
import { sayPersonFailure } from './person-failure.ts'
import { Ticks } from './ticks.tsx'

const roles = givenRoleSchema.options
/** In the order in which somebody has them. */
const given = (some: readonly string[]) =>
  some.flatMap((one) => roles.find((role) => role === one) ?? [])

/** Somebody who is there, or a new one. */
export const PersonForm = ({
  person,
  list,
  close,
}: {
  person: ListedPerson | null
  list: PeopleList
  close(stored: boolean): Promise<void>
}) => {
  const t = strings('adminPeople')
  const common = strings('admin')
  const areas = strings('serviceAreas')
  const ask = useAsk()
  const [email, setEmail] = useState('')
  const [cohort, setCohort] = useState(person?.cohort ?? list.cohorts[0]?.id ?? '')
  const [state, setState] = useState<PersonChange>({
    name: person?.name ?? '',
    municipality: person?.municipality ?? null,
    audiences: person?.audiences ?? [],
    roles: given(person?.roles ?? ['participant']),
    serviceArea: person?.serviceArea ?? null,
    facilitates: person?.facilitates ?? [],
  })
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const change = (part: Partial<PersonChange>): void => setState({ ...state, ...part })
  const store = async (): Promise<void> => {
    const asked = person
      ? await ask(paths.person(person.id), { method: 'PUT', body: state })
      : await ask(paths.people, {
          method: 'POST',
          body: { ...state, email, cohort },
          answer: madeSchema,
        })
    setFailed(asked.ok ? null : asked)
    if (asked.ok) await close(true)
  }
  const moves = person !== null && person.municipality !== state.municipality
  return (
    <form
      class="admin-form"
      onSubmit={(event) => {
        event.preventDefault()
        void store()
      }}
    >
      <h2>{person ? t('changeWhom', { name: person.name }) : t('add')}</h2>
      <div class="entries">
        <Entry
          label={t('name')}
          hint={t('nameHint')}
          value={state.name}
          change={(name) => change({ name })}
          required
          maxLength={120}
        />
        {person === null && (
          <Entry
            label={t('email')}
            hint={t('emailHint')}
            type="email"
            value={email}
            change={setEmail}
            required
            maxLength={254}
          />
        )}
      </div>
      <div class="entries">
        {person === null && (
          <Selection
            label={t('cohort')}
            value={cohort}
            change={setCohort}
            options={list.cohorts.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Selection
          label={t('municipality')}
          value={state.municipality ?? ''}
          change={(number) => change({ municipality: number || null })}
          options={[
            { value: '', label: t('noMunicipality') },
            ...list.municipalities.map(({ number, name }) => ({ value: number, label: name })),
          ]}
        />
        <Selection
          label={t('serviceArea')}
          value={state.serviceArea ?? ''}
          change={(id) => change({ serviceArea: serviceAreas.find((one) => one === id) ?? null })}
          options={[
            { value: '', label: t('noServiceArea') },
            ...serviceAreas.map((id) => ({ value: id, label: areas(id) })),
          ]}
        />
      </div>
      {moves && <p class="hint">{t('movesHint')}</p>}
      <Ticks
        legend={t('audiences')}
        hint={t('audiencesHint')}
        options={list.audiences.map(({ id, title }) => ({ value: id, label: local(title) }))}
        chosen={state.audiences}
        choose={(audiences) => change({ audiences })}
      />
      <Ticks
        legend={t('roles')}
        options={roles.map((role) => ({ value: role, label: t(`role_${role}`) }))}
        chosen={state.roles}
        choose={(chosen) => change({ roles: given(chosen) })}
      />
      {state.roles.includes('facilitator') && (
        <Ticks
          legend={t('facilitates')}
          options={list.cohorts.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={state.facilitates}
          choose={(facilitates) => change({ facilitates })}
        />
      )}
      {state.roles.length === 0 && <p class="hint">{t('noRole')}</p>}
      {failed?.ok === false && (
        <p class="note err" role="alert">
          {sayPersonFailure(failed)}
        </p>
      )}
      <div class="row">
        <button type="submit" class="btn" disabled={state.roles.length === 0}>
          {common('store')}
        </button>
        <button type="button" class="btn line" onClick={() => void close(false)}>
          {common('cancel')}
        </button>
      </div>
      {person && <ErasePerson person={person} close={close} />}
    </form>
  )
}
