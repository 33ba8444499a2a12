import { Fragment } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Line, LineItem, LineStop } from '../../../shared/domain/line.ts'
import type { ChartStop } from '../../components/chart/course.ts'
import { seedOf } from '../../components/chart/noise.ts'
import { StandingFjord } from '../../components/chart/standing-fjord.tsx'
import { Drawing, isDrawing } from '../../components/drawing.tsx'
import { Icon } from '../../components/icon.tsx'
import { ItemMeta } from '../../components/item-meta.tsx'
import { KeptMark } from '../../components/kept-mark.tsx'
import { formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { isLeft, keptAmong, keptOf } from './kept.ts'
import { ModuleLinks } from './module-links.tsx'
import { NextCard } from './next-card.tsx'
import { packedSentence } from './packed-words.ts'
import { StopLink } from './stop-link.tsx'
import { stopDays, stopStateWords, stopTime, stopTitle, titleTowards } from './stop-words.ts'
import { TakeAlong } from './take-along.tsx'

/** So many items of the opened leg are shown at first. */
const shownAtFirst = 6

/** Phone and tablet: the next thing, then the standing fjord with the current leg opened. */
export const StandingHome = ({ line, group }: { line: Line; group: boolean }) => {
  const services = useServices()
  const { outline } = services
  const [all, setAll] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  useLayoutEffect(() => {
    // The button is gone: the focus goes to the first row that it brought.
    if (all) list.current?.querySelectorAll<HTMLElement>('.substop')[shownAtFirst]?.focus()
  }, [all])
  const here = line.stops[line.here]
  const left = here && here.opens === null ? here.items.filter(isLeft) : []
  // Single items carry their mark only where the leg is neither all here nor all away.
  const { begun, all: isAll } = keptAmong(services, itemsOf(left))
  const shown = all ? left : left.slice(0, shownAtFirst)
  const hidden = left.slice(shown.length)
  const t = strings('home')

  return (
    <>
      <NextCard line={line} />
      <TakeAlong line={line} />
      <StandingFjord
        label={t('lineLabel')}
        seed={seedOf(outline.id)}
        stops={chartStops(line, shown)}
        traveller={traveller(line, shown)}
      >
        <ol class="stops" ref={list}>
          {line.stops.map((stop, index) => (
            <Fragment key={stop.id}>
              <Stop line={line} stop={stop} current={index === line.here} />
              {index === line.here &&
                shown.map((item) => (
                  <Item key={item.item.id} item={item} group={group} mixed={begun && !isAll} />
                ))}
              {index === line.here && hidden.length > 0 && (
                <li class="stop sub">
                  <button type="button" class="txt-btn more" onClick={() => setAll(true)}>
                    {t('showMore', {
                      count: hidden.length,
                      time: formatMinutes(hidden.reduce((sum, item) => sum + item.left, 0)),
                    })}
                  </button>
                </li>
              )}
            </Fragment>
          ))}
        </ol>
      </StandingFjord>
      <Foot line={line} />
    </>
  )
}

const Stop = ({ line, stop, current }: { line: Line; stop: LineStop; current: boolean }) => {
  const days = stop.kind === 'own' ? null : stopDays(stop)
  const said = stopStateWords(stop)
  const time = stopTime(stop)
  const gathering = stop.kind === 'gathering' && isDrawing(stop.drawing)
  const atItem = line.next?.item && current
  return (
    <li
      class={`stop ${stop.kind}${stop.state === 'done' ? ' is-done' : ''}`}
      data-stop={stop.id}
      aria-current={current && !atItem ? 'step' : undefined}
    >
      {gathering && isDrawing(stop.drawing) && <Drawing name={stop.drawing} width={226} />}
      <h2 class="stop-title" data-anchor>
        <StopLink stop={stop} title={current ? titleTowards(line, stop) : stopTitle(stop)} />
      </h2>
      {stop.kind === 'own' && <ModuleLinks stop={stop} />}
      {(days || said) && <p class="when">{said ?? days}</p>}
      {stop.kind !== 'own' && stop.state !== 'done' && stop.summary && (
        <p class="when">{local(stop.summary)}</p>
      )}
      {time && <p class="left">{time}</p>}
      {stop.kind === 'own' && <LegMark stop={stop} current={current} />}
    </li>
  )
}

/** One mark for the whole leg; of a leg that one is not at, only when it has films or sound and all of it is here. */
const LegMark = ({ stop, current }: { stop: LineStop; current: boolean }) => {
  const { kept, of, all, size, begun } = keptAmong(
    useServices(),
    itemsOf(stop.items.filter(isLeft)),
  )
  if (current ? !all && of === 0 : !all || of === 0) return null
  return (
    <p>
      {!all && begun ? (
        <span class={kept > 0 ? 'mark' : 'mark off'}>
          {kept > 0 && <Icon name="kept" small />}
          {strings('home')('keptPart', { kept, of })}
        </span>
      ) : (
        <KeptMark kept={all} size={size} all />
      )}
    </p>
  )
}

const itemsOf = (items: readonly LineItem[]) => items.map(({ item }) => item)

const Item = ({ item, group, mixed }: { item: LineItem; group: boolean; mixed: boolean }) => {
  const services = useServices()
  const t = strings('home')
  const next = item.state === 'next'
  return (
    <li class={next ? 'stop sub now' : 'stop sub'} data-stop={item.item.id}>
      <a class="substop" href={links.item(item.item.path)} aria-current={next ? 'step' : undefined}>
        {next && <span class="here">{t(group ? 'groupIsHere' : 'youAreHere')}</span>}
        <b>{local(item.item.title)}</b>
        <ItemMeta item={item.item}>
          {item.begun && <span>{t('begun')}</span>}
          {mixed && item.item.media && <KeptMark {...keptOf(services, item.item)} />}
        </ItemMeta>
      </a>
    </li>
  )
}

/** The stops as the chart draws them, the opened leg's items after their stop. */
const chartStops = (line: Line, shown: readonly LineItem[]): ChartStop[] =>
  line.stops.flatMap((stop, index) => {
    const opened = index === line.here && shown.length > 0
    // The item is lit, not the leg above it.
    const state = opened && stop.state === 'next' ? 'open' : stop.state
    const r = stop.kind === 'own' ? 12 : 13
    const itself: ChartStop = { key: stop.id, kind: stop.kind, state, r }
    if (!opened) return [itself]
    return [itself, ...shown.map(itemStop)]
  })

const itemStop = ({ item, state }: LineItem): ChartStop => ({
  key: item.id,
  kind: 'own',
  state,
  r: state === 'next' ? 12 : 8,
})

/** With the leg opened, the ferry lies between the leg and its first item, or past that item when it is begun. */
const traveller = (line: Line, shown: readonly LineItem[]) => {
  const { next } = line
  if (!next?.item || shown.length === 0) return { ...line.ferry, arrived: line.finished }
  const at = line.here + (next.item.begun ? 1 : 0)
  const seen = 1 - next.item.left / next.item.item.minutes
  const stop = line.stops[line.here]
  const done = stop && stop.total > 0 ? 1 - stop.left / stop.total : 0
  const share = next.item.begun ? seen : done
  return { after: at, share: Math.min(0.75, Math.max(0.25, share)) }
}

const Foot = ({ line }: { line: Line }) => {
  const services = useServices()
  const said = packedSentence(services, line)
  return (
    <footer class="wrap foot">
      <p class="hint">{said}</p>
      <a href={links.journey}>{strings('home')('pack')}</a>
    </footer>
  )
}
