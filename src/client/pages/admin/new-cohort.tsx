import { useState } from 'preact/hooks'
import { madeSchema, mostSeats, type Overview } from '../../../shared/domain/administration.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { strings } from '../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../state/admin-api.ts'
import { Entry, Selection } from './entry.tsx'
import { Outcome } from './failure.tsx'

/** A new cohort of the same programme as one that is there. */
export const NewCohort = ({
  overview: { runs, cohorts },
  close,
}: {
  overview: Overview
  close(made: boolean): Promise<void>
}) => {
  const t = strings('admin')
  const ask = useAsk()
  const [name, setName] = useState('')
  const [capacity, setCapacity] = useState('50')
  const [run, setRun] = useState(runs[0]?.id ?? '')
  const [like, setLike] = useState(cohorts[0]?.id ?? '')
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  const make = async (): Promise<void> => {
    const body = { name, capacity: Number(capacity), run, like }
    const made = await ask(paths.cohorts, { method: 'POST', body, answer: madeSchema })
    setResult(made)
    if (made.ok) await close(true)
  }
  return (
    <form
      class="admin-form"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <h2>{t('newCohort')}</h2>
      <Entry label={t('name')} value={name} change={setName} required maxLength={120} />
      <Entry
        label={t('seats')}
        type="number"
        min={1}
        max={mostSeats}
        required
        value={capacity}
        change={setCapacity}
      />
      {runs.length > 1 && (
        <Selection
          label={t('run')}
          value={run}
          change={setRun}
          options={runs.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {cohorts.length > 1 && (
        <Selection
          label={t('likeCohort')}
          hint={t('likeCohortHint')}
          value={like}
          change={setLike}
          options={cohorts.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <Outcome result={result} />
      <div class="row">
        <button type="submit" class="btn">
          {t('makeCohort')}
        </button>
        <button type="button" class="btn line" onClick={() => void close(false)}>
          {t('cancel')}
        </button>
      </div>
    </form>
  )
}
