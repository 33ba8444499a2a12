import { planItemOf } from '../../../shared/domain/plan.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'

/** To the leaders' plan, from a stop that follows the work with it; nothing for who is in no group. */
export const PlanLink = ({ stop }: { stop: string }) => {
  const { me, outline } = useServices()
  const found = planItemOf(outline)
  const group = me.groups.find(({ kind }) => kind !== 'service-area')
  const at = (id: string | null | undefined): number =>
    outline.stops.findIndex((one) => one.id === id)
  if (!found || !group || at(stop) < 0 || at(stop) < at(found.item.stop)) return null
  return (
    <p>
      <a class="btn line" href={links.planOf(group.scope)}>
        <Icon name="task" />
        {strings('plan')('title')}
      </a>
    </p>
  )
}
