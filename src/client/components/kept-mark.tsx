import { formatBytes } from '../i18n/format.ts'
import { strings } from '../i18n/i18n.ts'
import { Icon } from './icon.tsx'

/** Whether something lies on this device: a tick, or what it takes to bring it here (bytes). */
export const KeptMark = ({ kept, size, all }: { kept: boolean; size: number; all?: boolean }) => {
  const t = strings('home')
  if (!kept && size === 0) return null
  return (
    <span class={kept ? 'mark' : 'mark off'}>
      <Icon name={kept ? 'kept' : 'down'} small />
      {kept ? t(all ? 'keptAll' : 'kept') : t('notKept', { size: formatBytes(size) })}
    </span>
  )
}
