import type {
  InvitationProgress,
  ListedPerson,
  PeopleList,
} from '../../../../shared/domain/people.ts'
import { strings } from '../../../i18n/i18n.ts'
import { Entry, Selection } from '../entry.tsx'

export interface Filter {
  cohort: string
  progress: InvitationProgress | ''
  text: string
}
export const noFilter: Filter = { cohort: '', progress: '', text: '' }

export const passes = (person: ListedPerson, { cohort, progress, text }: Filter): boolean => {
  const wanted = text.trim().toLocaleLowerCase('nb')
  return (
    (cohort === '' || person.cohort === cohort || person.facilitates.includes(cohort)) &&
    (progress === '' || person.invitation.progress === progress) &&
    (wanted === '' ||
      `${person.name} ${person.email ?? ''}`.toLocaleLowerCase('nb').includes(wanted))
  )
}

export const progresses = [
  'none',
  'waiting',
  'sent',
  'shown',
  'failed',
  'expired',
  'opened',
] as const satisfies readonly InvitationProgress[]

/** Who of all is shown. */
export const Filters = ({
  list,
  filter,
  change,
  shown,
}: {
  list: PeopleList
  filter: Filter
  change(filter: Filter): void
  shown: number
}) => {
  const t = strings('adminPeople')
  return (
    <search class="people-filters">
      <Entry
        label={t('find')}
        value={filter.text}
        change={(text) => change({ ...filter, text })}
        maxLength={120}
      />
      <Selection
        label={t('cohort')}
        value={filter.cohort}
        change={(cohort) => change({ ...filter, cohort })}
        options={[
          { value: '', label: t('allCohorts') },
          ...list.cohorts.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Selection
        label={t('invitation')}
        value={filter.progress}
        change={(progress) => change({ ...filter, progress: progress as Filter['progress'] })}
        options={[
          { value: '', label: t('allInvitations') },
          ...progresses.map((one) => ({ value: one, label: t(`progress_${one}`) })),
        ]}
      />
      <p class="mute" role="status">
        {t('shown', { shown, count: list.people.length })}
      </p>
    </search>
  )
}
