import { useEffect, useState } from 'preact/hooks'
import type { OutlineItem, OutlineTrack } from '../../../shared/domain/outline.ts'
import type { FieldSum, SumCount } from '../../../shared/domain/sums.ts'
import { Drawing } from '../../components/drawing.tsx'
import { optionLabel } from '../../components/fields/option-label.ts'
import { Icon } from '../../components/icon.tsx'
import { formatMinutes, formatMoment, formatTime } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { SumsSight } from '../../state/sums.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { meetingDay } from './meeting-words.ts'
import { MeetingQuestions } from './own-meeting.tsx'

/** For whoever meets the politicians: the questions, how the time may be used, and what those who came have marked. */
export const ResourceMeeting = ({
  track,
  municipality,
}: {
  track: OutlineTrack
  municipality: string
}) => {
  const { me } = useServices()
  const t = strings('elected')
  const title = t('resourceTitle')
  useTitle(title)
  const day = meetingDay(me, track)
  return (
    <>
      <TopBar back={{ href: links.line, label: strings('common')('line') }} current="meeting" />
      <main id="content" class="wrap meeting-page">
        <div class="meeting-h">
          <div>
            <p class="kick">{t('resourceKick', { municipality })}</p>
            <h1>{title}</h1>
            <p class="lede">
              {t('resourceLede')} {day && <b>{day}</b>}
            </p>
            <button type="button" class="btn line no-print" onClick={() => print()}>
              <Icon name="print" />
              {t('print')}
            </button>
          </div>
          <Drawing name="table" width={220} />
        </div>
        <MeetingQuestions track={track} />
        <TimeOutline meeting={track.meeting} />
        <Sums track={track} />
      </main>
    </>
  )
}

const TimeOutline = ({ meeting }: { meeting: OutlineTrack['meeting'] }) => {
  const t = strings('elected')
  const parts = meeting.outline ?? []
  if (parts.length === 0) return null
  let passed = 0
  return (
    <section class="meeting-part">
      <h2>{t('timeOutline')}</h2>
      <p class="mute">{t('timeOutlineTotal', { time: formatMinutes(meeting.minutes) })}</p>
      <ol class="time-outline">
        {parts.map((part) => {
          const from = passed
          passed += part.minutes
          return (
            <li key={part.title.nn}>
              <p class="num">
                <b>{formatMinutes(part.minutes)}</b>
                {/* Hours and minutes from the beginning, written as minutes and seconds are. */}
                <span class="mute s2">{`${formatTime(from)}–${formatTime(passed)}`}</span>
              </p>
              <div>
                <h3>{local(part.title)}</h3>
                <p>{local(part.text)}</p>
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const Sums = ({ track }: { track: OutlineTrack }) => {
  const services = useServices()
  const t = strings('elected')
  const [sight, setSight] = useState<SumsSight | null>(null)
  const minute = services.now.value
  const { connection } = services.words.pending.value
  useEffect(() => {
    let isShown = true
    void services.sums().then((read) => {
      if (isShown) setSight(read)
    })
    return () => {
      isShown = false
    }
  }, [services, minute, connection])
  return (
    <section class="meeting-part sums">
      <h2>{t('sumsTitle')}</h2>
      <p class="mute">{t('sumsText')}</p>
      {sight?.kind === 'stored' && (
        <p class="note" role="status">
          {t('sumsStored', { when: formatMoment(sight.at) })}
        </p>
      )}
      {sight === null && <p role="status">{t('sumsLoading')}</p>}
      {sight?.kind === 'none' && <p class="note">{t('sumsNone')}</p>}
      {sight && sight.kind !== 'none' && <Films track={track} sums={sight.answer.sums} />}
    </section>
  )
}

const Films = ({ track, sums }: { track: OutlineTrack; sums: readonly FieldSum[] }) => (
  <>
    {track.items.map((item) => {
      const own = sums.filter((sum) => sum.item === item.id)
      return own.length === 0 ? null : (
        <article key={item.id} class="film-sums">
          <h3>
            <a href={links.item(item.path)}>{local(item.title)}</a>
          </h3>
          {own.map((sum) => (
            <FieldBars key={sum.field} sum={sum} item={item} />
          ))}
        </article>
      )
    })}
  </>
)

const FieldBars = ({ sum, item }: { sum: FieldSum; item: OutlineItem }) => {
  const t = strings('elected')
  const field = item.fields.find(({ id }) => id === sum.field)
  if (!field) return null
  const { told } = sum
  const most = told ? Math.max(told.persons, ...told.counts.map(({ count }) => count)) : 1
  return (
    <div class="field-sum">
      <p class="q">{local(field.label)}</p>
      {told ? (
        <>
          <ul>
            {told.counts.map((count) => (
              <li key={count.id}>
                <span class="sum-label">{optionLabel(field, count.id)}</span>
                <span class="sum-bar" aria-hidden="true">
                  <i
                    class={count.bound ?? undefined}
                    style={{ width: `${(count.count / most) * 100}%` }}
                  />
                </span>
                <span class="sum-n num">{countWords(count)}</span>
              </li>
            ))}
          </ul>
          <p class="mute s2">
            {t('atLeastAnswered', { count: told.persons, when: formatMoment(told.countedAt) })}
          </p>
        </>
      ) : (
        <p class="few">
          <Icon name="lock" small />
          {t('fewerThanFive')}
        </p>
      )}
    </div>
  )
}

const countWords = ({ count, bound }: SumCount): string =>
  bound === null ? String(count) : strings('elected')(bound, { count })
