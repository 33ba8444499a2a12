import { Fragment } from 'preact'
import type { LineStop } from '../../../shared/domain/line.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'

/** The modules that have something at this stop, `Strategi og Organisasjon`; before it opens only what it is about. */
export const ModuleLinks = ({ stop }: { stop: LineStop }) => {
  const { outline } = useServices()
  const ids = new Set(stop.items.map(({ item }) => item.id))
  const modules = outline.modules.filter(({ items }) => items.some(({ id }) => ids.has(id)))
  if (stop.state === 'later' || modules.length === 0) {
    return stop.summary ? <p class="when">{local(stop.summary)}</p> : null
  }
  const t = strings('home')
  return (
    <p class="when modules">
      {modules.map(({ id, title }, index) => (
        <Fragment key={id}>
          {index > 0 && (index === modules.length - 1 ? ` ${t('and')} ` : ', ')}
          <a href={links.module(id)}>{local(title)}</a>
        </Fragment>
      ))}
    </p>
  )
}
