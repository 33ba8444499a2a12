import { isGroupTask } from '../../../../shared/domain/line.ts'
import type { OutlineActivity } from '../../../../shared/domain/outline.ts'
import { allItems } from '../../../../shared/domain/travel-order.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { useServices } from '../../../state/services.ts'
import { links } from '../../links.ts'

/** What a facilitator does beside the clock. `done` = the activities up to the one that goes on. */
export const DayWays = ({
  cohort,
  stop,
  done,
  project,
}: {
  cohort: string
  stop: string
  done: readonly OutlineActivity[]
  project(): void
}) => {
  const t = strings('adminDay')
  const items = allItems(useServices().outline)
  const sheet = done
    .map(({ item }) => items.find(({ path }) => path === item))
    .findLast((item) => item !== undefined && isGroupTask(item))
  return (
    <div class="day-ways">
      <button type="button" class="btn line small" onClick={project}>
        <Icon name="full" />
        {t('project')}
      </button>
      <button type="button" class="btn line small" onClick={() => print()}>
        <Icon name="print" />
        {t('print')}
      </button>
      <a href={links.readiness(cohort, stop)}>{t('readiness')}</a>
      <a href={links.wall(cohort) + (sheet ? `?ark=${encodeURIComponent(sheet.id)}` : '')}>
        {t('wall')}
      </a>
      <a href={links.adminVotes(cohort)}>{strings('vote')('votes')}</a>
    </div>
  )
}
