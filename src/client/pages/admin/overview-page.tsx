import { useState } from 'preact/hooks'
import {
  type Cohort,
  type Overview,
  overviewSchema,
} from '../../../shared/domain/administration.ts'
import { reachOf } from '../../../shared/domain/policy.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { Drawing } from '../../components/drawing.tsx'
import { Icon } from '../../components/icon.tsx'
import { formatDate, parseDay } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { nextWords, toDo } from './cohort-words.ts'
import { Missing } from './failure.tsx'
import { NewCohort } from './new-cohort.tsx'
import { Seats } from './seats.tsx'
import { useAsked } from './use-asked.ts'

/** The cohorts that one works with: who is there, what is next, what needs doing. */
export const OverviewPage = () => {
  const t = strings('admin')
  useTitle(t('overview'))
  const answered = useAsked(paths.overview, overviewSchema)
  const overview = answered.asked?.ok ? answered.asked.value : null
  return (
    <main id="content">
      <div class="admin-head">
        <div>
          <p class="kick">{overview?.network.name ?? t('overview')}</p>
          <h1>{overview ? headline(overview) : t('overview')}</h1>
        </div>
        <Drawing name="ferry" width={168} />
      </div>
      <Missing {...answered} />
      {overview && <Cohorts overview={overview} again={answered.again} />}
    </main>
  )
}

/** «37 av 50 plassar er tekne. Tolv er ikkje inviterte.» */
const headline = ({ cohorts }: Overview): string => {
  const t = strings('admin')
  const sum = (of: (cohort: Cohort) => number) => cohorts.reduce((all, one) => all + of(one), 0)
  if (cohorts.length === 0) return t('noCohorts')
  const taken = sum(({ participants }) => participants)
  const count = sum(({ notInvited }) => notInvited)
  const seats = t('seatsTaken', { taken, capacity: sum(({ capacity }) => capacity) })
  if (taken === 0) return seats
  const invited =
    count === 0 ? t('allInvited') : t(count === 1 ? 'notInvitedOne' : 'notInvitedMany', { count })
  return `${seats} ${invited}.`
}

const Cohorts = ({ overview, again }: { overview: Overview; again(): Promise<void> }) => {
  const { me } = useServices()
  const [adds, setAdds] = useState(false)
  const t = strings('admin')
  const mayChange = reachOf(me.roles ?? [me.role], ['cohort', 'change']) !== null
  return (
    <>
      <Erasures overview={overview} />
      {overview.cohorts.length > 0 && (
        <table class="rows">
          <caption class="sr">{t('cohorts')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('cohort')}</th>
              <th scope="col">{t('seats')}</th>
              <th scope="col">{t('nextGathering')}</th>
              <th scope="col">{t('toDo')}</th>
            </tr>
          </thead>
          <tbody>
            {overview.cohorts.map((cohort) => (
              <Row key={cohort.id} cohort={cohort} mayChange={mayChange} />
            ))}
          </tbody>
        </table>
      )}
      {mayChange && overview.cohorts.length > 0 && !adds && (
        <button type="button" class="btn line after-rows" onClick={() => setAdds(true)}>
          <Icon name="plus" />
          {t('newCohort')}
        </button>
      )}
      {adds && (
        <NewCohort
          overview={overview}
          close={async (made) => {
            setAdds(false)
            if (made) await again()
          }}
        />
      )}
    </>
  )
}

const Row = ({ cohort, mayChange }: { cohort: Cohort; mayChange: boolean }) => {
  const t = strings('admin')
  const things = toDo(cohort)
  return (
    <tr>
      <th scope="row">
        {mayChange ? <a href={links.cohort(cohort.id)}>{cohort.name}</a> : cohort.name}
      </th>
      <td data-label={t('seats')}>
        <Seats taken={cohort.participants} capacity={cohort.capacity} />
      </td>
      <td data-label={t('nextGathering')}>
        {nextWords(cohort) ?? <span class="mute">{t('noGathering')}</span>}
      </td>
      <td data-label={t('toDo')}>
        {things.length === 0 ? (
          <span class="mute">{t('nothingToDo')}</span>
        ) : (
          <ul class="to-do">
            {things.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  )
}

/** Runs whose people are soon erased: it is said in time, and where to change it. */
const Erasures = ({ overview }: { overview: Overview }) => {
  const t = strings('admin')
  const soon = overview.runs.filter(({ erasure }) => erasure?.soon && erasure.people > 0)
  return (
    <>
      {soon.map(({ id, name, erasure }) => (
        <div key={id} class="note admin-note">
          <h2>{t('erasedSoonTitle', { run: name })}</h2>
          <p>
            {t('erasedSoonText', {
              day: formatDate(parseDay(erasure?.day ?? ''), new Date()),
              people: erasure?.people ?? 0,
            })}
          </p>
          <a class="btn line small" href={links.adminSettings}>
            {t('settings')}
          </a>
        </div>
      ))}
    </>
  )
}
