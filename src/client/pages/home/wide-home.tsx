import type { ComponentChildren } from 'preact'
import type { Line, LineStop } from '../../../shared/domain/line.ts'
import { LyingFjord } from '../../components/chart/lying-fjord.tsx'
import { seedOf } from '../../components/chart/noise.ts'
import { Icon } from '../../components/icon.tsx'
import { kindIcon, kindName } from '../../components/item-kind.ts'
import { ItemRow } from '../../components/item-row.tsx'
import { KeptMark } from '../../components/kept-mark.tsx'
import { formatMinutes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { isLeft, keptOf } from './kept.ts'
import { ModuleLinks } from './module-links.tsx'
import { NextCard } from './next-card.tsx'
import { packedSentence } from './packed-words.ts'
import { StopLink } from './stop-link.tsx'
import { stopDays, stopName, stopStateWords, stopTime, stopTitle } from './stop-words.ts'
import { TakeAlong } from './take-along.tsx'

/** Desktop: the lying fjord with the heading in the sky; below it what is next, what follows, and what is packed. */
export const WideHome = ({ line, heading }: { line: Line; heading: ComponentChildren }) => {
  const services = useServices()
  const t = strings('home')
  const minutes = new Map(services.outline.stops.map((stop) => [stop.id, stop.minutes]))
  return (
    <>
      <div class="fjord wide-fjord">
        {heading}
        <LyingFjord
          label={t('lineLabel')}
          seed={seedOf(services.outline.id)}
          stops={line.stops.map((stop, index) => ({
            key: stop.id,
            kind: stop.kind,
            state: stop.state,
            r: stop.kind === 'own' ? 13 : 14,
            weight: Math.sqrt(stop.total || (minutes.get(stop.id) ?? 0)),
            label: <Label stop={stop} />,
            current: index === line.here,
          }))}
          traveller={{ ...line.ferry, arrived: line.finished }}
        />
      </div>
      <div class="under">
        <NextCard line={line} />
        <Following line={line} />
        <aside>
          <h2 class="h-s">{t('withYou')}</h2>
          <p class="mute">{packedSentence(services, line)}</p>
          <TakeAlong line={line}>
            <p>
              <a class="btn line" href={links.journey}>
                <Icon name="bag" />
                {t('pack')}
              </a>
            </p>
          </TakeAlong>
        </aside>
      </div>
    </>
  )
}

const Label = ({ stop }: { stop: LineStop }) => {
  const days = stop.kind === 'own' ? null : stopDays(stop)
  const said = stopStateWords(stop)
  const time = stopTime(stop, true)
  return (
    <>
      <h2 class="stop-title">
        <StopLink stop={stop} title={stopTitle(stop)} />
      </h2>
      {stop.kind === 'own' && <ModuleLinks stop={stop} />}
      {(said || days) && <p class="when">{said ?? days}</p>}
      {time && <p class="left">{time}</p>}
    </>
  )
}

const shownAtMost = 5

const Following = ({ line }: { line: Line }) => {
  const services = useServices()
  const t = strings('home')
  const ahead = line.ahead && line.stops[line.ahead.stop]
  const until = line.ahead ? line.ahead.stop + 1 : line.stops.length
  const items = line.stops
    .slice(0, until)
    .filter(({ opens }) => opens === null)
    .flatMap((stop) => stop.items.filter(isLeft))
    .filter(({ state }) => state !== 'next')
  if (items.length === 0) return null
  const place = ahead && stopName(ahead)
  return (
    <section class="following">
      <h2 class="h-s">{place ? t('thenBefore', { place }) : t('then')}</h2>
      <ol class="items">
        {items.slice(0, shownAtMost).map(({ item, begun }) => (
          <ItemRow
            key={item.id}
            href={links.item(item.path)}
            icon={kindIcon(item)}
            title={local(item.title)}
            figure={formatMinutes(item.minutes)}
          >
            <span>{kindName(item)}</span>
            {begun && <span>{t('begun')}</span>}
            <KeptMark {...keptOf(services, item)} />
          </ItemRow>
        ))}
      </ol>
    </section>
  )
}
