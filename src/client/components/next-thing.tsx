import type { ComponentChildren } from 'preact'
import { strings } from '../i18n/i18n.ts'
import { Icon, type IconName } from './icon.tsx'

/** The one thing to do now: the only raised surface, with the page's only lamp button. */
export const NextThing = ({
  title,
  summary,
  meta,
  poster,
  drawing,
  action,
}: {
  title: string
  summary?: string | undefined
  meta?: ComponentChildren
  /** A checked SVG of 16:9, shown also on a phone. */
  poster?: string | null | undefined
  /** Stands where there is room when there is no poster. */
  drawing?: ComponentChildren
  action: { href: string; label: string; icon?: IconName }
}) => (
  <section class={poster ? 'next has-poster' : 'next'} aria-labelledby="next-title">
    {poster ? (
      <div class="next-art" aria-hidden="true" dangerouslySetInnerHTML={{ __html: poster }} />
    ) : (
      <div class="next-art drawn">{drawing}</div>
    )}
    <div class="body">
      <div class="lead">
        <p class="kick">{strings('home')('next')}</p>
        <h2 id="next-title">{title}</h2>
      </div>
      {summary && <p class="mute summary">{summary}</p>}
      {meta}
      <a class="btn lamp" href={action.href}>
        {action.icon && <Icon name={action.icon} />}
        {action.label}
      </a>
    </div>
  </section>
)
