import { Drawing, isDrawing } from '../../components/drawing.tsx'
import { formatDay, formatMoment } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { Activities } from '../day/activities.tsx'
import { asSentence } from '../home/stop-words.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { PlanLink } from '../plan/plan-link.tsx'
import { TopBar } from '../shell/top-bar.tsx'
import { Agenda } from './agenda.tsx'
import { dayBefore, gatheringTitle, whenLines } from './gathering-words.ts'
import { ToCalendar } from './to-calendar.tsx'
import { useGathering } from './use-gathering.ts'

/** `/samling/<stop>`: when and where it is, and all that one should know before one leaves home. */
export const GatheringPage = ({ stop = '' }: { stop?: string }) => {
  const t = strings('gathering')
  const { gathering, sight, changed, isAsking } = useGathering(stop)
  useTitle(gathering ? gatheringTitle(gathering) : t('title'))
  const top = <TopBar back={{ href: links.line, label: strings('common')('line') }} />
  if (!gathering) {
    return (
      <>
        {top}
        <main id="content" class="gathering wrap">
          <h1>{t('title')}</h1>
          {isAsking ? (
            <p class="mute late">{t('loading')}</p>
          ) : (
            <p class="lede">{t(sight.kind === 'none' ? 'unreachable' : 'notFound')}</p>
          )}
          {!isAsking && <Activities stop={stop} />}
          {!isAsking && <PlanLink stop={stop} />}
        </main>
      </>
    )
  }
  const { kind, title, drawing, cancelled, own, practical, travelDay, starts, lecturers } =
    gathering
  const name = gatheringTitle(gathering)
  return (
    <>
      {top}
      <main id="content" class="gathering wrap">
        <header class="gathering-head">
          <div>
            {name !== local(title) && <p class="kick">{local(title)}</p>}
            <h1>{name}</h1>
          </div>
          {isDrawing(drawing) && <Drawing name={drawing} />}
        </header>
        {cancelled && <p class="note err">{t('cancelled')}</p>}
        <div role="status">
          {changed && !cancelled && gathering.changedAt !== null && (
            <p class="note">{t('changedSince', { when: formatMoment(gathering.changedAt) })}</p>
          )}
          {!isAsking && sight.kind === 'stored' && (
            <p class="note wait">{t('offline', { when: formatMoment(sight.at) })}</p>
          )}
        </div>
        <dl class="gathering-facts">
          <div>
            <dt>{t('when')}</dt>
            <dd>
              {whenLines(gathering).map((line) => (
                <p key={line}>{line}</p>
              ))}
              {own && <p class="mute">{t('ownDays')}</p>}
              {travelDay && starts && !cancelled && (
                <p class="mute">{t('travelDay', { day: formatDay(dayBefore(starts)) })}</p>
              )}
            </dd>
          </div>
          <Where gathering={gathering} />
        </dl>
        {starts && !cancelled && <ToCalendar gathering={gathering} />}
        {!cancelled && <Activities stop={stop} />}
        <PlanLink stop={stop} />
        {practical && (
          <section>
            <h2>{t('practical')}</h2>
            <p class="as-written">{practical}</p>
          </section>
        )}
        {(kind === 'gathering' || gathering.agenda.length > 0) && (
          <Agenda agenda={gathering.agenda} />
        )}
        {lecturers.length > 0 && (
          <section>
            <h2>{t('lecturers')}</h2>
            <ul class="lecturers">
              {lecturers.map((one) => (
                <li key={`${one.name}/${one.topic}`}>
                  <b>{one.name}</b>
                  <p>{one.topic}</p>
                  {one.about && <p class="mute as-written">{one.about}</p>}
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </>
  )
}

const Where = ({
  gathering: { place, address, meetingLink, cancelled },
}: {
  gathering: NonNullable<ReturnType<typeof useGathering>['gathering']>
}) => {
  const t = strings('gathering')
  if (!place && !address && !meetingLink) return null
  return (
    <div>
      <dt>{t('where')}</dt>
      <dd>
        {place && !address?.includes(place) && <p>{asSentence(place)}</p>}
        {address && <p>{address}</p>}
        {meetingLink && !cancelled && (
          <p>
            <a class="meeting-link" href={meetingLink} target="_blank" rel="noopener noreferrer">
              {t('openMeeting')}
            </a>
          </p>
        )}
      </dd>
    </div>
  )
}
