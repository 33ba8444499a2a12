import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { strings } from '../../i18n/i18n.ts'
import { sheetOf, useGroup } from './use-group.ts'

/** For who sits in several groups: each has a sheet of its own. */
export const WhichGroup = ({ item }: { item: OutlineItem }) => {
  const t = strings('task')
  const { group, groups } = useGroup(item)
  if (groups.length < 2) return null
  return (
    <nav class="which-group" aria-label={t('whichGroup')}>
      <p class="hint">{t('whichGroupHint')}</p>
      <ul>
        {groups.map((one) => (
          <li key={one.scope}>
            <a
              class="txt-btn"
              href={sheetOf(item, one)}
              aria-current={one.scope === group?.scope ? 'page' : undefined}
            >
              {one.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
