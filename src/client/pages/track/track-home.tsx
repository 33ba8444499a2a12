import type { Line, LineItem, LineStop } from '../../../shared/domain/line.ts'
import type { OutlineTrack } from '../../../shared/domain/outline.ts'
import { seedOf } from '../../components/chart/noise.ts'
import { StandingFjord } from '../../components/chart/standing-fjord.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { Icon } from '../../components/icon.tsx'
import { openWords } from '../../components/item-kind.ts'
import { KeptMark } from '../../components/kept-mark.tsx'
import { formatDate, formatDay, formatMinutes, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { isKept, keptOf } from '../home/kept.ts'
import { asSentence, longMinutes } from '../home/stop-words.ts'
import { KeepItems } from '../keeping/keep-items.tsx'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'

/** The politicians' line: a few films and one meeting. */
export const TrackHome = ({ line, track }: { line: Line; track: OutlineTrack }) => {
  const services = useServices()
  const { me, outline } = services
  const t = strings('elected')
  const films = line.stops.filter(({ kind }) => kind === 'own')
  const meeting = line.stops.find(({ kind }) => kind === 'gathering')
  const isAllKept = track.items.every((item) => isKept(services, item))
  return (
    <>
      <TopBar current="line" calm={isAllKept && <AllKept />} />
      <main id="content" class="p-politikar">
        <div class="wrap pol-h">
          <p class="kick">
            {me.municipality
              ? t('forElectedIn', { municipality: me.municipality.name })
              : t('forElected')}
          </p>
          <h1>{local(track.title)}</h1>
          <p class="lede">
            {local(track.summary)} <b>{timeLeft(line, meeting)}</b>
          </p>
          <div class="bring">
            {!isAllKept && (
              <KeepItems
                items={track.items}
                words={{
                  keep: (size) => t('keepAll', { size }),
                  hint: t('keepAllHint'),
                  kept: () => t('keptAll'),
                }}
              />
            )}
            <a class="txt-btn" href={links.account}>
              {t('otherDevice')}
            </a>
          </div>
        </div>
        <StandingFjord
          label={t('trackLabel')}
          seed={seedOf(`${outline.id}/${track.id}`)}
          stops={line.stops.map((stop, index) => ({
            key: stop.id,
            kind: stop.kind,
            state: stop.state,
            r: stop.state === 'next' && stop.kind === 'own' ? 23 : 20,
            number: stop.kind === 'own' ? index + 1 : undefined,
          }))}
          traveller={{ ...line.ferry, arrived: line.finished }}
        >
          <ol class="stops">
            {films.map((stop) => (
              <Film key={stop.id} stop={stop} />
            ))}
            {meeting && <Meeting stop={meeting} track={track} />}
          </ol>
        </StandingFjord>
      </main>
    </>
  )
}

const AllKept = () => (
  <a class="state sent" href={links.device}>
    <Icon name="kept" small />
    <span>{strings('elected')('keptAll')}</span>
  </a>
)

const timeLeft = (line: Line, meeting: LineStop | undefined): string => {
  const t = strings('elected')
  if (line.left === 0) return t('filmsDone')
  const time = longMinutes(line.left)
  return meeting?.starts && meeting.state !== 'done'
    ? t('leftBeforeMeeting', { time, day: formatDate(parseDay(meeting.starts)) })
    : t('filmsLeft', { time })
}

const Film = ({ stop }: { stop: LineStop }) => {
  const film = stop.items[0]
  if (!film) return null
  const { item } = film
  const next = stop.state === 'next'
  return (
    <li class={`stop film5 is-${stop.state}`} data-stop={stop.id}>
      <a href={links.item(item.path)} aria-current={next ? 'step' : undefined}>
        <h2 data-anchor>{local(item.title)}</h2>
        <p>{local(item.summary)}</p>
        <FilmMeta film={film} />
      </a>
      {next && (
        <a class="btn lamp" href={links.item(item.path)}>
          <Icon name="play" />
          {openWords(item, film.begun)}
        </a>
      )}
    </li>
  )
}

const FilmMeta = ({ film: { item, state, left, begun } }: { film: LineItem }) => {
  const services = useServices()
  const t = strings('elected')
  const time = formatMinutes(item.minutes)
  if (state === 'done') return <p class="meta">{t('seen', { time })}</p>
  return (
    <p class="meta">
      <span>{begun ? t('leftOf', { left, time }) : time}</span>
      <KeptMark {...keptOf(services, item)} />
    </p>
  )
}

const Meeting = ({ stop, track }: { stop: LineStop; track: OutlineTrack }) => {
  const { title, text, questions } = track.meeting
  const t = strings('elected')
  const day = stop.starts && asSentence(formatDay(parseDay(stop.starts)))
  return (
    <li
      class={`stop film5 is-${stop.state}`}
      data-stop={stop.id}
      aria-current={stop.state === 'next' ? 'step' : undefined}
    >
      <div class="meet">
        <div>
          <h2 data-anchor>
            <a href={links.gathering(stop.id)}>{local(title)}</a>
          </h2>
          {day && <p class="left">{stop.place ? `${day}, ${stop.place}` : day}</p>}
          <p>{local(text)}</p>
          <a class={stop.state === 'next' ? 'btn lamp' : 'btn line'} href={links.meeting}>
            <Icon name="bag" />
            {t('toMeeting')}
          </a>
          {questions.length > 0 && (
            <details class="questions">
              <summary class="txt-btn">{t('questions')}</summary>
              <ol>
                {questions.map((question) => (
                  <li key={question.nn}>{local(question)}</li>
                ))}
              </ol>
            </details>
          )}
        </div>
        <Drawing name="table" width={190} />
      </div>
    </li>
  )
}
