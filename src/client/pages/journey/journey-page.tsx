import { type Journey, packJourney } from '../../../shared/domain/journey.ts'
import type { Line } from '../../../shared/domain/line.ts'
import { Crossing } from '../../components/chart/crossing.tsx'
import { seedOf } from '../../components/chart/noise.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { kindName } from '../../components/item-kind.ts'
import { formatMinutes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { longMinutes } from '../home/stop-words.ts'
import { useLine } from '../home/use-line.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { ChooseTime } from './choose-time.tsx'
import { type JourneyChoice, minutesOf, withMinutes } from './journey-choice.ts'
import { leftWords } from './left-words.ts'
import { PackBox } from './pack-box.tsx'
import { PackRow } from './pack-row.tsx'
import { useChoice } from './use-choice.ts'
import { vehicleFor } from './vehicle.ts'

/** På reise: so many minutes, what fits in them, and all of it on the device before one leaves. */
export const JourneyPage = ({ minutes: asked }: { minutes?: string }) => {
  const { me, outline } = useServices()
  const line = useLine()
  const t = strings('journey')
  const group = me.role === 'group-tablet'
  const places = placesAhead(line)
  const [choice, choose] = useChoice(asked, places)
  const minutes = minutesOf(choice)
  const journey = packJourney({ line, minutes: minutes ?? 0, withGroup: group })
  const title = t(group ? 'titleGroup' : 'title')
  useTitle(strings('common')('journey'))

  return (
    <>
      <TopBar back={{ href: links.line, label: strings('common')('line') }} current="journey" />
      <main id="content" class="p-reise">
        <div class="way">
          <div class="wrap">
            <h1>{title}</h1>
            <ChooseTime choice={choice} places={places} choose={choose} />
          </div>
          <Crossing
            vehicle={vehicleFor(minutes ?? 0)}
            label={drawnWords(journey, minutes ?? 0)}
            seed={seedOf(outline.id)}
            legs={journey.items.map(({ item, left }) => ({
              key: item.id,
              minutes: left,
              label: formatMinutes(left),
            }))}
            spare={journey.spare}
          />
        </div>
        <div class="wrap pack">
          {minutes === null ? (
            <p class="mute">{t('sayTime')}</p>
          ) : journey.items.length === 0 ? (
            <NothingToTake journey={journey} line={line} choice={choice} choose={choose} />
          ) : (
            <Bag journey={journey} line={line} />
          )}
        </div>
      </main>
    </>
  )
}

const Bag = ({ journey, line }: { journey: Journey; line: Line }) => {
  const t = strings('journey')
  const items = journey.items.map(({ item }) => item)
  const left = leftWords(journey, line)
  return (
    <>
      <h2 aria-live="polite">{bagWords(journey)}</h2>
      <PackBox items={items} />
      <ol class="items">
        {journey.items.map((entry) => (
          <PackRow key={entry.item.id} entry={entry} />
        ))}
      </ol>
      {left.length > 0 && (
        <ul class="mute s2 fits" aria-label={t('noPlace')}>
          {left.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** `42 minutt i sekken, 3 til å sjå ut` */
const bagWords = ({ used, spare }: Journey): string => {
  const t = strings('journey')
  const time = longMinutes(used)
  if (spare === 0) return t('inBag', { time })
  return t('inBagAndSpare', {
    time,
    spare: used < 60 && spare < 60 ? spare : formatMinutes(spare),
  })
}

const NothingToTake = ({
  journey,
  line,
  choice,
  choose,
}: {
  journey: Journey
  line: Line
  choice: JourneyChoice
  choose(next: JourneyChoice): void
}) => {
  const t = strings('journey')
  const fitting = journey.left.filter(({ reason }) => reason === 'no-room')
  if (fitting.length > 0) {
    const shortest = Math.min(...fitting.map(({ entry }) => entry.left))
    const time = formatMinutes(shortest)
    return (
      <EmptyState
        drawing="cabin-lamp"
        title={t('nothingFits')}
        text={t('nothingFitsText', { time })}
      >
        <button
          type="button"
          class="btn line"
          onClick={() => choose(withMinutes({ ...choice, chosen: 'own' }, shortest))}
        >
          {t('takeTime', { time })}
        </button>
      </EmptyState>
    )
  }
  const left = leftWords(journey, line)
  return (
    <EmptyState
      drawing="cabin-lamp"
      title={t(left.length > 0 ? 'nothingNow' : 'allDone')}
      text={left.length > 0 ? left.join(' ') : t('allDoneText')}
    >
      <a class="btn line" href={links.line}>
        {strings('common')('toLine')}
      </a>
    </EmptyState>
  )
}

const drawnWords = (journey: Journey, minutes: number): string => {
  const t = strings('journey')
  const parts = journey.items.map(({ item, left }) => `${kindName(item)} ${formatMinutes(left)}`)
  return t('drawn', {
    time: formatMinutes(minutes),
    parts: [...parts, t('toLookOut', { time: formatMinutes(journey.spare) })].join(', '),
  })
}

/** Where people gather next and after that, each place once. Politicians meet at home. */
const placesAhead = ({ stops, track }: Line): string[] =>
  track
    ? []
    : [
        ...new Set(
          stops.flatMap(({ kind, state, place }) =>
            kind === 'gathering' && state !== 'done' && place !== null ? [place] : [],
          ),
        ),
      ]
