import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

/** A row of a list is one link: icon, title, a figure at the right, and a line below. */
export const ItemRow = ({
  href,
  icon,
  title,
  figure,
  children,
}: {
  href: string
  icon: IconName
  title: string
  figure?: string
  children?: ComponentChildren
}) => (
  <li>
    <a class="item" href={href}>
      <Icon name={icon} />
      <b>{title}</b>
      <span class="mute num">{figure}</span>
      <span class="meta">{children}</span>
    </a>
  </li>
)
