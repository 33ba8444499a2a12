import { overviewSchema } from '../../../../shared/domain/administration.ts'
import { cohortRegistrationSchema } from '../../../../shared/domain/registration.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { Seats } from '../seats.tsx'
import { useAsked } from '../use-asked.ts'
import { LinkList } from './link-list.tsx'
import { WaitingList } from './waiting-list.tsx'

/** `/admin/paamelding`: the cohorts; if it is one alone, its links and waiting list at once. */
export const RegistrationPage = () => {
  const t = strings('adminRegistration')
  useTitle(t('title'))
  const answered = useAsked(paths.overview, overviewSchema)
  const cohorts = answered.asked?.ok ? answered.asked.value.cohorts : []
  const [only] = cohorts
  if (cohorts.length === 1 && only) return <CohortRegistrationPage cohort={only.id} />
  return (
    <main id="content">
      <h1>{t('title')}</h1>
      <p class="lede">{t('lede')}</p>
      <Missing {...answered} />
      <ul class="group-rows">
        {cohorts.map(({ id, name, waiting, participants, capacity }) => (
          <li key={id}>
            <a class="nextlink" href={links.adminRegistration(id)}>
              <span>
                <b>{name}</b>
                <span class="meta">
                  {t('standing', { taken: participants, capacity, waiting })}
                </span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </main>
  )
}

/** `/admin/paamelding/<cohort>`: links for municipalities, and who waits for a seat. */
export const CohortRegistrationPage = ({ cohort = '' }: PageParams) => {
  const t = strings('adminRegistration')
  const answered = useAsked(paths.cohortRegistration(cohort), cohortRegistrationSchema)
  const all = answered.asked?.ok ? answered.asked.value : null
  const title = all ? t('for', { cohort: all.cohort.name }) : t('title')
  useTitle(title)
  return (
    <main id="content">
      <h1>{title}</h1>
      <p class="lede">{t('lede')}</p>
      <Missing {...answered} />
      {all && (
        <>
          <p>
            <Seats taken={all.taken} capacity={all.capacity} />
          </p>
          <WaitingList all={all} again={answered.again} />
          <LinkList all={all} again={answered.again} />
        </>
      )}
    </main>
  )
}
