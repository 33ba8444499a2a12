import type { SharedCard } from '../../../shared/domain/card.ts'
import { formatDate } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

/** Whose it is, about what, since when, and who sees it. */
export const CardMeta = ({ card }: { card: SharedCard }) => {
  const { outline, now } = useServices()
  const t = strings('cards')
  const modules = outline.modules.filter(({ id }) => card.modules.includes(id))
  const told = [
    card.group.name,
    ...modules.map(({ title }) => local(title)),
    formatDate(new Date(card.publishedAt), new Date(now.value)),
    t(card.reach === 'network' ? 'inNetwork' : 'inCohort'),
  ]
  return <span class="meta">{told.join(' · ')}</span>
}
