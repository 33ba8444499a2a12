import { useState } from 'preact/hooks'
import {
  type Cohort,
  mostSeats,
  type Overview,
  overviewSchema,
} from '../../../shared/domain/administration.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../state/admin-api.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { nextWords, toDo } from './cohort-words.ts'
import { Entry, Selection } from './entry.tsx'
import { Missing, Outcome } from './failure.tsx'
import type { PageParams } from './page-params.ts'
import { useAsked } from './use-asked.ts'

/** One cohort: how it stands, its name, its seats, and the version of the programme that it follows. */
export const CohortPage = ({ id }: PageParams) => {
  const t = strings('admin')
  const answered = useAsked(paths.overview, overviewSchema)
  const overview = answered.asked?.ok ? answered.asked.value : null
  const cohort = overview?.cohorts.find((one) => one.id === id)
  useTitle(cohort?.name ?? t('cohort'))
  return (
    <main id="content">
      <a class="back to-overview" href={links.admin}>
        <Icon name="back" />
        {t('overview')}
      </a>
      <h1>{cohort?.name ?? t('cohort')}</h1>
      <Missing {...answered} />
      {overview && !cohort && <p class="lede">{t('failureNotFound')}</p>}
      {overview && cohort && (
        <>
          <Standing cohort={cohort} />
          <Change key={cohort.id} overview={overview} cohort={cohort} again={answered.again} />
        </>
      )}
    </main>
  )
}

const Standing = ({ cohort }: { cohort: Cohort }) => {
  const t = strings('admin')
  const things = toDo(cohort)
  const figures = [
    [t('seats'), t('seatsOf', { taken: cohort.participants, capacity: cohort.capacity })],
    [t('arrived'), String(cohort.arrived)],
    [t('invited'), String(cohort.invited)],
    [t('notInvited'), String(cohort.notInvited)],
    [t('onWaitingList'), String(cohort.waiting)],
    [t('nextGathering'), nextWords(cohort) ?? t('noGathering')],
  ]
  return (
    <>
      {things.length > 0 && (
        <ul class="to-do note admin-note">
          {things.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="num">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

const Change = ({
  overview,
  cohort,
  again,
}: {
  overview: Overview
  cohort: Cohort
  again(): Promise<void>
}) => {
  const t = strings('admin')
  const ask = useAsk()
  const { programme } = cohort
  const [name, setName] = useState(cohort.name)
  const [capacity, setCapacity] = useState(String(cohort.capacity))
  const [version, setVersion] = useState(programme.version)
  const [run, setRun] = useState(cohort.run)
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  const newer = programme.versions.slice(0, programme.versions.indexOf(programme.version))
  const store = async (): Promise<void> => {
    const body = { name, capacity: Number(capacity), version, run }
    const stored = await ask(paths.cohort(cohort.id), { method: 'PATCH', body })
    setResult(stored)
    if (stored.ok) await again()
  }
  return (
    <form
      class="admin-form"
      onInput={() => setResult(null)}
      onSubmit={(event) => {
        event.preventDefault()
        void store()
      }}
    >
      <h2>{t('change')}</h2>
      <Entry label={t('name')} value={name} change={setName} required maxLength={120} />
      <Entry
        label={t('seats')}
        hint={t('seatsHint', { taken: cohort.participants })}
        type="number"
        min={Math.max(1, cohort.participants)}
        max={mostSeats}
        required
        value={capacity}
        change={setCapacity}
      />
      {programme.versions.includes(programme.version) && newer.length > 0 ? (
        <Selection
          label={t('programme', { title: programme.title ? local(programme.title) : programme.id })}
          hint={t('versionHint')}
          value={version}
          change={setVersion}
          options={[...newer, programme.version].map((one) => ({
            value: one,
            label: one === programme.version ? t('versionNow', { version: one }) : one,
          }))}
        />
      ) : (
        <p class="hint">
          {t('versionNewest', {
            title: programme.title ? local(programme.title) : programme.id,
            version: programme.version,
          })}
        </p>
      )}
      {overview.runs.length > 1 && cohort.participants === 0 && (
        <Selection
          label={t('run')}
          value={run}
          change={setRun}
          options={overview.runs.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <Outcome result={result} />
      <button type="submit" class="btn">
        {t('store')}
      </button>
    </form>
  )
}
