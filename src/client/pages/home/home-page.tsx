import { Fragment } from 'preact'
import { lazy } from 'preact-iso'
import type { Line } from '../../../shared/domain/line.ts'
import { formatDay } from '../../i18n/format.ts'
import { loadLaterStrings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { useDayLine } from '../day/use-day-line.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { StandingHome } from './standing-home.tsx'
import { asSentence, headline } from './stop-words.ts'
import { useDueEfforts } from './use-due-efforts.ts'
import { useKeptGatherings } from './use-kept-gatherings.ts'
import { dayOf, useLine } from './use-line.ts'
import { useWide } from './use-wide.ts'

// Not every device needs these: a phone never the lying fjord, a leader never the politicians' line.
const WideHome = lazy(() => import('./wide-home.tsx').then((m) => m.WideHome))
const TrackHome = lazy(async () => {
  const [page] = await Promise.all([import('../track/track-home.tsx'), loadLaterStrings()])
  return page.TrackHome
})

/** The line: how far it is, the one thing to do now, and the whole crossing. */
export const HomePage = () => {
  const { me, now } = useServices()
  const line = useLine()
  useKeptGatherings()
  const wide = useWide()
  const DayLine = useDayLine(meetsOn(line, dayOf(new Date(now.value))))
  const DueEfforts = useDueEfforts()
  const group = me.role === 'group-tablet'
  if (line.track) return <TrackHome line={line} track={line.track} />

  const heading = (
    <div class="wrap hello">
      <p class="kick">{asSentence(formatDay(new Date(now.value)))}</p>
      <h1>
        {headline(line, group).map((sentence, index) => (
          <Fragment key={sentence}>
            {index > 0 && ' '}
            <span>{sentence}</span>
          </Fragment>
        ))}
      </h1>
      {DayLine && <DayLine />}
      {DueEfforts && <DueEfforts />}
    </div>
  )
  return (
    <>
      <TopBar current="line" />
      <main id="content" class={wide ? 'p-home wide' : 'p-home'}>
        {wide ? (
          <WideHome line={line} heading={heading} />
        ) : (
          <>
            {heading}
            <StandingHome line={line} group={group} />
          </>
        )}
      </main>
    </>
  )
}

/** People meet on this day. */
const meetsOn = ({ stops }: Line, day: string): boolean =>
  stops.some(
    ({ kind, starts, ends }) =>
      kind !== 'own' && starts !== null && starts <= day && day <= (ends ?? starts),
  )
