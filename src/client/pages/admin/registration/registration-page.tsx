import { cohortRegistrationSchema } from '../../../../shared/domain/registration.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { ChooseCohort } from '../choose-cohort.tsx'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { Seats } from '../seats.tsx'
import { useAsked } from '../use-asked.ts'
import { LinkList } from './link-list.tsx'
import { WaitingList } from './waiting-list.tsx'

/** `/admin/paamelding`: the cohorts; if it is one alone, its links and waiting list at once. */
export const RegistrationPage = () => {
  const t = strings('adminRegistration')
  return (
    <ChooseCohort
      title={t('title')}
      lede={t('lede')}
      page={CohortRegistrationPage}
      href={links.adminRegistration}
      about={({ participants, capacity, waiting }) =>
        t('standing', { taken: participants, capacity, waiting })
      }
    />
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
