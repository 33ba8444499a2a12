import { useRef } from 'preact/hooks'
import { begin, minuteMs } from '../../../../shared/domain/day.ts'
import { DayClock } from '../../../components/day-clock.tsx'
import { Icon } from '../../../components/icon.tsx'
import { useKeptFocus } from '../../../components/use-kept-focus.ts'
import { formatMinutes, formatSpan, parseDay } from '../../../i18n/format.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import type { PlanSight } from '../../../state/day.ts'
import type { DayRunner, RunnerSight } from '../../../state/day-runner.ts'
import { ClockButtons, nextOf } from '../../day/clock-buttons.tsx'
import { Guide, useGuides } from '../../day/guide.tsx'
import { useLeft } from '../../day/use-time.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { sayFailure } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { DayPaper } from './day-paper.tsx'
import { DayScreen } from './day-screen.tsx'
import { DayWays } from './day-ways.tsx'
import { runByKey } from './keys.ts'
import { useDayRunner } from './use-day-runner.ts'

/** `/admin/dag/<cohort>/<stop>`: whoever runs a gathering has its activities, its clock and the guide here. */
export const DayPage = ({ cohort = '', stop = '' }: PageParams) => {
  const runner = useDayRunner(cohort, stop)
  const sight = runner.sight.value
  const box = useKeptFocus<HTMLElement>()
  const t = strings('adminDay')
  useTitle(sight.plan ? t('titleOf', { title: local(sight.plan.plan.title) }) : t('title'))
  return (
    <main id="content" class="day-run" ref={box}>
      <a class="back to-overview" href={links.adminGathering(cohort, stop)}>
        <Icon name="back" />
        {t('toGathering')}
      </a>
      {sight.plan ? (
        <Day plan={sight.plan} sight={sight} runner={runner} />
      ) : (
        <>
          <h1>{t('title')}</h1>
          <NoPlan sight={sight} again={runner.again} />
        </>
      )}
    </main>
  )
}

const NoPlan = ({ sight: { failure }, again }: { sight: RunnerSight; again(): void }) => {
  if (failure === null) return <p class="mute late">{strings('admin')('loading')}</p>
  if (failure === 'not-found') return <p class="lede">{strings('adminDay')('nothingHere')}</p>
  return (
    <div class="note" role="alert">
      <p>{sayFailure({ ok: false, error: failure, detail: '' })}</p>
      <button type="button" class="btn line small" onClick={again}>
        {strings('common')('tryAgain')}
      </button>
    </div>
  )
}

const Day = ({
  plan: { plan, ahead },
  sight,
  runner,
}: {
  plan: PlanSight
  sight: RunnerSight
  runner: DayRunner
}) => {
  const t = strings('adminDay')
  const running = sight.running ?? plan.day
  const { left, said, paused } = useLeft(running, ahead)
  const { activities } = plan
  const current = activities.find(({ id }) => id === running.activity) ?? null
  const next = nextOf(activities, current?.id ?? null)
  const guides = useGuides(activities)
  const shown = current ?? next
  const screen = useRef<HTMLDialogElement>(null)
  const now = (): number => Date.now() + ahead
  const when = plan.starts
    ? formatSpan(parseDay(plan.starts), parseDay(plan.ends ?? plan.starts), new Date())
    : null
  const clock = current && {
    title: local(current.title),
    left,
    whole: current.minutes * minuteMs,
    paused,
    said,
  }
  const upNext = next
    ? strings('day')('upNext', { title: local(next.title), time: formatMinutes(next.minutes) })
    : strings('day')('last')
  const onKeyDown = runByKey({ running, now, next, wish: runner.wish })
  return (
    <>
      <h1>{local(plan.title)}</h1>
      <p class="lede">{[plan.cohort.name, when, plan.place].filter(Boolean).join(' · ')}</p>
      <DayWays
        cohort={plan.cohort.id}
        stop={plan.day.stop}
        done={activities.slice(0, current ? activities.indexOf(current) + 1 : 0)}
        project={() => screen.current?.showModal()}
      />
      <Telling sight={sight} hasDay={current !== null} />
      {clock ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: the buttons within take the keys; this only hears them
        <div onKeyDown={onKeyDown}>
          <DayClock {...clock}>
            <p class="mute">{upNext}</p>
            <ClockButtons running={running} now={now} next={next} change={runner.wish} />
            <p class="day-keys">
              {t('keys')} <kbd>P</kbd> {t('keyPause')}, <kbd>N</kbd> {t('keyNext')}, <kbd>+</kbd>{' '}
              {t('keyAnd')} <kbd>−</kbd> {t('keyMinute')}
            </p>
          </DayClock>
        </div>
      ) : (
        next && (
          <p>
            <button
              type="button"
              class="btn lamp"
              onClick={() => runner.wish(begin(next.id, next.minutes, now()))}
            >
              {strings('day')('start', { title: local(next.title) })}
            </button>
          </p>
        )
      )}
      <div class="day-run-cols">
        {shown && (
          <section aria-labelledby="guide-title">
            <h2 id="guide-title">{t('guideOf', { title: local(shown.title) })}</h2>
            <Guide text={guides.get(shown.id)} />
          </section>
        )}
        <nav aria-labelledby="plan-title">
          <h2 id="plan-title">{t('plan')}</h2>
          <ol class="activities">
            {activities.map(({ id, title, minutes }) => (
              <li key={id} aria-current={id === current?.id ? 'step' : undefined}>
                <h3>
                  {id === current?.id && (
                    <span class="day-now-kick">{strings('day')('isNow')}</span>
                  )}
                  {local(title)}
                </h3>
                <p class="mute num">{formatMinutes(minutes)}</p>
                {id !== current?.id && (
                  <div class="activity-ways">
                    <button
                      type="button"
                      class="txt-btn"
                      aria-label={strings('day')('start', { title: local(title) })}
                      onClick={() => runner.wish(begin(id, minutes, now()))}
                    >
                      {strings('day')('startThis')}
                    </button>
                  </div>
                )}
              </li>
            ))}
          </ol>
        </nav>
      </div>
      <DayScreen dialog={screen} onKeyDown={onKeyDown} clock={clock} activity={shown} next={upNext}>
        <ClockButtons running={running} now={now} next={next} change={runner.wish} />
      </DayScreen>
      <DayPaper plan={plan} when={when} guides={guides} />
    </>
  )
}

/** Whether everybody sees what stands here. */
const Telling = ({
  sight: { telling, failure },
  hasDay,
}: {
  sight: RunnerSight
  hasDay: boolean
}) => {
  const t = strings('adminDay')
  const isCut = failure !== null && telling === 'told'
  return (
    <div class="day-told" role="status">
      {telling === 'untold' && <p class="note wait">{t('untold')}</p>}
      {telling === 'overtaken' && <p class="note wait">{t('overtaken')}</p>}
      {telling === 'refused' && (
        <p class="note err">
          {failure === null ? t('refused') : sayFailure({ ok: false, error: failure, detail: '' })}
        </p>
      )}
      {isCut && <p class="note wait">{t('offline')}</p>}
      {telling === 'sending' && <p class="state">{t('sending')}</p>}
      {telling === 'told' && !isCut && hasDay && <p class="state sent">{t('told')}</p>}
    </div>
  )
}
