import { cohortGroupsSchema } from '../../../../shared/domain/working-group.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { local, strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { useAsked } from '../use-asked.ts'
import { GroupEditor } from './group-editor.tsx'
import { sayWhen } from './group-words.ts'

/** `/admin/grupper/<cohort>/<stop>`: who sits with whom at a gathering. */
export const GatheringGroupsPage = ({ cohort = '', stop = '' }: PageParams) => {
  const t = strings('adminGroups')
  const answered = useAsked(paths.groups(cohort), cohortGroupsSchema)
  const all = answered.asked?.ok ? answered.asked.value : null
  const gathering = all?.gatherings.find((one) => one.stop === stop)
  const title = gathering ? t('groupsAt', { gathering: local(gathering.title) }) : t('title')
  useTitle(title)
  return (
    <main id="content" class="gathering-groups">
      <a class="back to-overview" href={links.cohortGroups(cohort)}>
        <Icon name="back" />
        {all ? t('groupsIn', { cohort: all.cohort.name }) : t('title')}
      </a>
      <h1>{title}</h1>
      {gathering && <p class="lede">{sayWhen(gathering) ?? t('lede')}</p>}
      <Missing {...answered} />
      {all && !gathering && <p class="lede">{strings('admin')('failureNotFound')}</p>}
      {all && gathering && (
        <GroupEditor key={stop} all={all} gathering={gathering} again={answered.again} />
      )}
    </main>
  )
}
