import { overviewSchema } from '../../../../shared/domain/administration.ts'
import { type Gathering, gatheringsSchema } from '../../../../shared/domain/gathering.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { local, strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { ChooseCohort } from '../choose-cohort.tsx'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { useAsked } from '../use-asked.ts'
import { sayMissing, sayWhen } from './gathering-words.ts'

/** `/admin/samlingar`: the cohorts that one works with; if it is one alone, its gatherings at once. */
export const GatheringsPage = () => {
  const t = strings('adminGatherings')
  return (
    <ChooseCohort
      title={t('title')}
      lede={t('lede')}
      page={CohortGatheringsPage}
      href={links.cohortGatherings}
    />
  )
}

/** `/admin/samlingar/<cohort>`: its stops, and what is missing of each. */
export const CohortGatheringsPage = ({ cohort = '' }: PageParams) => {
  const t = strings('adminGatherings')
  const answered = useAsked(paths.cohortGatherings(cohort), gatheringsSchema)
  const overview = useAsked(paths.overview, overviewSchema).asked
  const name = overview?.ok && overview.value.cohorts.find(({ id }) => id === cohort)?.name
  const title = name ? t('titleIn', { cohort: name }) : t('title')
  useTitle(title)
  const gatherings = answered.asked?.ok ? answered.asked.value.gatherings : []
  return (
    <main id="content">
      <h1>{title}</h1>
      <p class="lede">{t('lede')}</p>
      <Missing {...answered} />
      <ul class="group-rows">
        {gatherings.map((gathering) => (
          <Row key={gathering.stop} gathering={gathering} />
        ))}
      </ul>
    </main>
  )
}

const Row = ({ gathering }: { gathering: Gathering }) => {
  const t = strings('adminGatherings')
  const { cohort, stop, kind, title, cancelled } = gathering
  const missing = sayMissing(gathering)
  const state = cancelled ? t('cancelled') : (missing ?? (kind !== 'own' && t('allSaid')))
  return (
    <li>
      <a class="nextlink" href={links.adminGathering(cohort, stop)}>
        <span>
          <b>{local(title)}</b>
          <span class="meta">{sayWhen(gathering)}</span>
          {state && <span class={missing || cancelled ? 'lacks' : 'lacks not'}>{state}</span>}
        </span>
        <Icon name="next" />
      </a>
    </li>
  )
}
