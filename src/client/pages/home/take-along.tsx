import type { ComponentChildren } from 'preact'
import { dueItems } from '../../../shared/domain/due.ts'
import type { Line } from '../../../shared/domain/line.ts'
import { Icon } from '../../components/icon.tsx'
import { formatBytes, formatMinutes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { isKept, mediaSize } from './kept.ts'
import { stopName } from './stop-words.ts'

/**
 * Offers what is due before people next meet and does not lie on the device yet; else shows its children. Nothing is
 * fetched by itself.
 */
export const TakeAlong = ({ line, children }: { line: Line; children?: ComponentChildren }) => {
  const services = useServices()
  const due = dueItems(line, services.me.role === 'group-tablet')
  const stop = line.ahead && line.stops[line.ahead.stop]
  const size = due
    .filter(({ item }) => !isKept(services, item))
    .reduce((sum, { item }) => sum + mediaSize(item), 0)
  if (!stop || size === 0) return <>{children}</>
  const minutes = due.reduce((sum, { left }) => sum + left, 0)
  return (
    <a class="offer" href={links.journeyOf(minutes)}>
      <Icon name="bag" />
      <span>
        <b>{strings('home')('takeAlong', { place: stopName(stop) })}</b>
        <span class="mute s2">
          {formatMinutes(minutes)}, {formatBytes(size)}
        </span>
      </span>
      <Icon name="next" small />
    </a>
  )
}
