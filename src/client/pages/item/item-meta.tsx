import type { ComponentChildren } from 'preact'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { kindIcon, kindName } from '../../components/item-kind.ts'
import { formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import type { Section } from './travel.ts'

/** What it is, how long it takes, and where it belongs. */
export const ItemMeta = ({
  item,
  section,
  children,
}: {
  item: OutlineItem
  section: Section | null
  children?: ComponentChildren
}) => {
  const t = strings('item')
  const place = [section && local(section.title), item.phase && t(`phase_${item.phase}`)]
  return (
    <p class="meta">
      <span>
        <Icon name={kindIcon(item)} />
        {kindName(item)}, {formatMinutes(item.minutes)}
      </span>
      <span>{place.filter(Boolean).join(', ')}</span>
      {item.depth === 'fordjuping' && (
        <span>
          <Icon name="branch" />
          {t('deepening')}
        </span>
      )}
      {children}
    </p>
  )
}
