import type { Line, LineItem } from '../../../shared/domain/line.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Drawing, type DrawingName, isDrawing } from '../../components/drawing.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import type { IconName } from '../../components/icon.tsx'
import { kindIcon, openWords } from '../../components/item-kind.ts'
import { ItemMeta } from '../../components/item-meta.tsx'
import { KeptMark } from '../../components/kept-mark.tsx'
import { NextThing } from '../../components/next-thing.tsx'
import { formatDate, formatMinutes, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { keptOf } from './kept.ts'
import { stopDays, stopTitle } from './stop-words.ts'

/** The one thing to do now: an item, the gathering ahead, or a word on why nothing is. */
export const NextCard = ({ line }: { line: Line }) => {
  const { next } = line
  if (next?.item) return <NextItem next={next.item} />
  const stop = next && line.stops[next.stop]
  if (!stop) return <NothingNow line={line} />
  return (
    <NextThing
      title={stopTitle(stop)}
      summary={stop.summary ? local(stop.summary) : undefined}
      meta={<p class="meta">{stopDays(stop)}</p>}
      drawing={<Drawing name={isDrawing(stop.drawing) ? stop.drawing : 'ferry'} />}
      action={{ href: links.gathering(stop.id), label: strings('home')('toGathering') }}
    />
  )
}

const NextItem = ({ next }: { next: LineItem }) => {
  const services = useServices()
  const { item, begun, left } = next
  return (
    <NextThing
      title={local(item.title)}
      summary={local(item.summary)}
      meta={
        <ItemMeta item={item}>
          {left < item.minutes && (
            <span>{strings('home')('timeLeft', { time: formatMinutes(left) })}</span>
          )}
          <KeptMark {...keptOf(services, item)} />
        </ItemMeta>
      }
      poster={item.media?.poster}
      drawing={<Drawing name={drawingFor(item)} />}
      action={{
        href: links.item(item.path),
        label: openWords(item, begun),
        icon: actionIcon(item),
      }}
    />
  )
}

const drawingFor = (item: OutlineItem): DrawingName =>
  kindIcon(item) === 'group' ? 'table' : item.kind === 'podcast' ? 'bus' : 'cabin-lamp'

const actionIcon = (item: OutlineItem): IconName => (item.media ? 'play' : kindIcon(item))

const NothingNow = ({ line }: { line: Line }) => {
  const t = strings('home')
  if (line.finished) {
    return (
      <EmptyState drawing="ferry" title={t('arrivedTitle')} text={t('arrivedText')}>
        <a class="btn line" href={links.notes}>
          {t('toNotes')}
        </a>
      </EmptyState>
    )
  }
  const later = line.stops.find(({ opens, kind, of }) => opens !== null && kind === 'own' && of > 0)
  const text = later?.opens
    ? t('opensLater', { title: local(later.title), day: formatDate(parseDay(later.opens)) })
    : ''
  return (
    <EmptyState drawing="cabin-lamp" title={t('nothingTitle')} text={text}>
      <a class="btn line" href={links.device}>
        {t('whatYouHave')}
      </a>
    </EmptyState>
  )
}
