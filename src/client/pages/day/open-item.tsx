import { allItems } from '../../../shared/domain/travel-order.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'

/** To the sheet or the vote of an activity; nothing where the programme has no such item. */
export const OpenItem = ({ path, quiet }: { path: string; quiet?: boolean }) => {
  const item = allItems(useServices().outline).find((one) => one.path === path)
  if (!item) return null
  const isVote = item.fields.length > 0 && item.fields.every(({ sees }) => sees === 'aggregate')
  const isGroup = item.fields.some(({ sees }) => sees === 'group')
  const label = isVote ? 'openVote' : isGroup ? 'openSheet' : 'openTask'
  return (
    <a class={quiet ? 'open-item' : 'btn line small'} href={links.item(path)}>
      {strings('day')(label)}
    </a>
  )
}
