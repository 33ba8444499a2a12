import type { ComponentType } from 'preact'
import { type Overview, overviewSchema } from '../../../shared/domain/administration.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useTitle } from '../item/use-title.ts'
import { Missing } from './failure.tsx'
import type { PageParams } from './page-params.ts'
import { useAsked } from './use-asked.ts'

type Cohort = Overview['cohorts'][number]

/** The cohorts that one works with; if it is one alone, its page at once. */
export const ChooseCohort = ({
  title,
  lede,
  page: Page,
  href,
  about,
}: {
  title: string
  lede: string
  page: ComponentType<PageParams>
  href(cohort: string): string
  /** What is said of each beside its name. */
  about?: (cohort: Cohort) => string
}) => {
  useTitle(title)
  const answered = useAsked(paths.overview, overviewSchema)
  const cohorts = answered.asked?.ok ? answered.asked.value.cohorts : []
  const [only] = cohorts
  if (cohorts.length === 1 && only) return <Page cohort={only.id} />
  return (
    <main id="content">
      <h1>{title}</h1>
      <p class="lede">{lede}</p>
      <Missing {...answered} />
      {answered.asked?.ok && cohorts.length === 0 && (
        <p class="mute">{strings('admin')('noCohorts')}</p>
      )}
      <ul class="group-rows">
        {cohorts.map((cohort) => (
          <li key={cohort.id}>
            <a class="nextlink" href={href(cohort.id)}>
              <span>
                <b>{cohort.name}</b>
                {about && <span class="meta">{about(cohort)}</span>}
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </main>
  )
}
