import { formatBytes } from '../i18n/format.ts'
import { strings } from '../i18n/i18n.ts'
import { Icon } from './icon.tsx'

/** Whether something lies on this device: a tick, how much of it, or what it takes to bring it here. Sizes in bytes. */
export const KeptMark = ({
  kept,
  size,
  here = 0,
  all,
}: {
  kept: boolean
  size: number
  here?: number
  all?: boolean
}) => {
  const t = strings('home')
  if (!kept && size === 0) return null
  const percent = Math.min(99, Math.floor((here / size) * 100))
  return (
    <span class={kept ? 'mark' : 'mark off'}>
      <Icon name={kept ? 'kept' : 'down'} small />
      {kept
        ? t(all ? 'keptAll' : 'kept')
        : percent > 0
          ? t('partHere', { percent })
          : t('notKept', { size: formatBytes(size) })}
    </span>
  )
}
