import type { LineItem } from '../../../shared/domain/line.ts'
import { ItemMeta } from '../../components/item-meta.tsx'
import { KeptMark } from '../../components/kept-mark.tsx'
import { formatDate, formatMinutes, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { keptOf } from '../home/kept.ts'
import { stopDays, stopStateWords } from '../home/stop-words.ts'
import { links } from '../links.ts'
import { PlanLink } from '../plan/plan-link.tsx'
import { type ModulePhase, phaseKey, shownItems } from './module-line.ts'

/** One phase and, when it is open, its items. */
export const Phase = ({
  phase,
  group,
  mixed,
}: {
  phase: ModulePhase
  group: boolean
  /** The module is neither all here nor all away. */
  mixed: boolean
}) => {
  const when = phaseTime(phase)
  return (
    <>
      <li class={`stop phase ${phase.stop.kind}`} data-stop={phaseKey(phase)}>
        <h2 data-anchor>{strings('module')(phase.phase)}</h2>
        {when && <p class="when">{when}</p>}
        <p>{local(phase.text)}</p>
        {phase.phase === 'etterarbeid' && <PlanLink stop={phase.stop.id} />}
      </li>
      {shownItems(phase).map((item) => (
        <PhaseItem key={item.item.id} item={item} group={group} mixed={mixed} />
      ))}
    </>
  )
}

const phaseTime = ({ stop, state, left }: ModulePhase): string | null => {
  const t = strings('home')
  const inModule = strings('module')
  if (stop.kind !== 'own') {
    const days = stopDays(stop)
    if (!days) return local(stop.title)
    return state === 'done'
      ? stopStateWords(stop)
      : inModule('placeAndDay', { place: stop.place ?? local(stop.title), day: days })
  }
  if (state === 'done') return t('done')
  const time = formatMinutes(left)
  if (!stop.opens) return left > 0 ? t('timeLeft', { time }) : null
  const day = formatDate(parseDay(stop.opens))
  return left > 0 ? t('timeOpens', { time, day }) : inModule('opens', { day })
}

const PhaseItem = ({
  item: { item, state, begun },
  group,
  mixed,
}: {
  item: LineItem
  group: boolean
  mixed: boolean
}) => {
  const services = useServices()
  const t = strings('home')
  const inModule = strings('module')
  const next = state === 'next'
  const side = item.depth === 'fordjuping'
  return (
    <li
      class={`stop ${side ? 'side' : 'sub'}${state === 'done' ? ' is-done' : ''}`}
      data-stop={item.id}
    >
      <a class="substop" href={links.item(item.path)} aria-current={next ? 'step' : undefined}>
        {next && <span class="here">{t(group ? 'groupIsHere' : 'youAreHere')}</span>}
        <b>{local(item.title)}</b>
        {side ? (
          <span class="meta">
            <span>{inModule('deepening', { time: formatMinutes(item.minutes) })}</span>
            <span>{inModule('notCounted')}</span>
          </span>
        ) : (
          <ItemMeta item={item}>
            {state === 'done' && <span>{t('done')}</span>}
            {begun && <span>{t('begun')}</span>}
            {mixed && item.media && <KeptMark {...keptOf(services, item)} />}
          </ItemMeta>
        )}
      </a>
    </li>
  )
}
