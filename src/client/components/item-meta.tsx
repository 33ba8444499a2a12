import type { ComponentChildren } from 'preact'
import type { OutlineItem } from '../../shared/domain/outline.ts'
import { formatMinutes } from '../i18n/format.ts'
import { Icon } from './icon.tsx'
import { kindIcon, kindName } from './item-kind.ts'

/** `Film, 9 min`, and what follows it. */
export const ItemMeta = ({
  item,
  children,
}: {
  item: OutlineItem
  children?: ComponentChildren
}) => (
  <span class="meta">
    <span>
      <Icon name={kindIcon(item)} small />
      {kindName(item)}, {formatMinutes(item.minutes)}
    </span>
    {children}
  </span>
)
