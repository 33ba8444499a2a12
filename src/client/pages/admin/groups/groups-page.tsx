import { type CohortGroups, cohortGroupsSchema } from '../../../../shared/domain/working-group.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { local, strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { ChooseCohort } from '../choose-cohort.tsx'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { useAsked } from '../use-asked.ts'
import { countGroups, countPeople, sayWhen } from './group-words.ts'
import { LeadershipGroups } from './leadership-groups.tsx'

/** `/admin/grupper`: the cohorts that one works with; if it is one alone, its groups at once. */
export const GroupsPage = () => {
  const t = strings('adminGroups')
  return (
    <ChooseCohort
      title={t('title')}
      lede={t('lede')}
      page={CohortGroupsPage}
      href={links.cohortGroups}
      about={({ participants }) => countPeople(participants)}
    />
  )
}

/** `/admin/grupper/<cohort>`: the groups for each gathering, and the leadership groups. */
export const CohortGroupsPage = ({ cohort = '' }: PageParams) => {
  const t = strings('adminGroups')
  const answered = useAsked(paths.groups(cohort), cohortGroupsSchema)
  const all = answered.asked?.ok ? answered.asked.value : null
  const title = all ? t('groupsIn', { cohort: all.cohort.name }) : t('title')
  useTitle(title)
  return (
    <main id="content">
      <h1>{title}</h1>
      <p class="lede">{t('lede')}</p>
      <Missing {...answered} />
      {all && (
        <>
          <Gatherings all={all} />
          <LeadershipGroups all={all} again={answered.again} />
        </>
      )}
    </main>
  )
}

const Gatherings = ({ all }: { all: CohortGroups }) => {
  const t = strings('adminGroups')
  return (
    <section class="group-part">
      <h2>{t('atGatherings')}</h2>
      {all.gatherings.length === 0 && <p class="mute">{t('noGatherings')}</p>}
      <ul class="group-rows">
        {all.gatherings.map((gathering) => (
          <li key={gathering.stop}>
            <a class="nextlink" href={links.gatheringGroups(all.cohort.id, gathering.stop)}>
              <span>
                <b>{local(gathering.title)}</b>
                <span class="meta">
                  {[sayWhen(gathering), standing(all, gathering.stop)].filter(Boolean).join(' · ')}
                </span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `48 personar i 8 grupper, 2 utan gruppe` */
const standing = ({ groups, people }: CohortGroups, stop: string): string => {
  const t = strings('adminGroups')
  const own = groups.filter((group) => group.stop === stop && group.people.length > 0)
  if (own.length === 0) return t('noGroups')
  const seated = new Set(own.flatMap((group) => group.people.map(({ id }) => id)))
  const count = people.filter(({ id }) => seated.has(id)).length
  const told = t('peopleInGroups', { people: countPeople(count), groups: countGroups(own.length) })
  const rest = people.length - count
  return rest === 0 ? told : `${told} ${t('withoutGroupCount', { people: countPeople(rest) })}`
}
