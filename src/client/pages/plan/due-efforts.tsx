import { planItemOf } from '../../../shared/domain/plan.ts'
import { writtenEfforts } from '../../../shared/words/plan.ts'
import { documentId } from '../../../shared/words/scope.ts'
import { Icon } from '../../components/icon.tsx'
import { formatDate, parseDay } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { dayOf } from '../home/use-line.ts'
import { links } from '../links.ts'
import { reminderOf } from './reminder.ts'

/** On the line: efforts of the groups' plans whose deadline is near or past. Nothing where there are none. */
export const DueEfforts = () => {
  const { me, outline, words, now } = useServices()
  const found = planItemOf(outline)
  if (!found) return null
  const plans = me.groups.map(({ scope }) => {
    const id = documentId(scope, found.item.id)
    const plain = words.documents.value.find((one) => one.id === id)?.plain
    return { scope, efforts: plain ? writtenEfforts(plain, found.field.id) : [] }
  })
  const today = new Date(now.value)
  const reminder = reminderOf(plans, dayOf(today))
  if (!reminder) return null
  const t = strings('plan')
  const { count, when, first, scope } = reminder
  const day = formatDate(parseDay(first), today)
  return (
    <a class="offer due-efforts" href={links.planOf(scope)}>
      <Icon name="clock" />
      <span>
        <b>{t(when === 'soon' ? 'due' : when === 'past' ? 'overdue' : 'dueOrPast', { count })}</b>
        <span class="mute s2">{t(when === 'soon' ? 'dueFirst' : 'duePast', { day })}</span>
      </span>
      <Icon name="next" small />
    </a>
  )
}
