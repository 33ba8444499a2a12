import { useState } from 'preact/hooks'
import {
  longestKeeping,
  madeSchema,
  overviewSchema,
  type Run,
} from '../../../shared/domain/administration.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../state/admin-api.ts'
import { useTitle } from '../item/use-title.ts'
import { Entry } from './entry.tsx'
import { Missing, Outcome } from './failure.tsx'
import { keepingWords } from './keeping-words.ts'
import { useAsked } from './use-asked.ts'

/** The network's name, and each run with its last day and how long its people are kept. */
export const SettingsPage = () => {
  const t = strings('admin')
  useTitle(t('settings'))
  const answered = useAsked(paths.overview, overviewSchema)
  const overview = answered.asked?.ok ? answered.asked.value : null
  const [adds, setAdds] = useState(false)
  return (
    <main id="content">
      <h1>{t('settings')}</h1>
      <Missing {...answered} />
      {overview && (
        <>
          <NetworkName name={overview.network.name} />
          {overview.runs.map((run) => (
            <RunForm key={run.id} run={run} done={answered.again} />
          ))}
          {adds ? (
            <RunForm
              run={null}
              done={async () => {
                setAdds(false)
                await answered.again()
              }}
            />
          ) : (
            <button type="button" class="btn line after-rows" onClick={() => setAdds(true)}>
              <Icon name="plus" />
              {t('newRun')}
            </button>
          )}
        </>
      )}
    </main>
  )
}

const NetworkName = ({ name }: { name: string }) => {
  const t = strings('admin')
  const ask = useAsk()
  const [typed, setTyped] = useState(name)
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  return (
    <form
      class="admin-form"
      onInput={() => setResult(null)}
      onSubmit={async (event) => {
        event.preventDefault()
        setResult(await ask(paths.network, { method: 'PATCH', body: { name: typed } }))
      }}
    >
      <h2>{t('network')}</h2>
      <Entry
        label={t('name')}
        hint={t('networkHint')}
        value={typed}
        change={setTyped}
        required
        maxLength={120}
      />
      <Outcome result={result} />
      <button type="submit" class="btn">
        {t('store')}
      </button>
    </form>
  )
}

/** A run that is there, or a new one. */
const RunForm = ({ run, done }: { run: Run | null; done(): Promise<void> }) => {
  const t = strings('admin')
  const ask = useAsk()
  const [name, setName] = useState(run?.name ?? '')
  const [endsOn, setEndsOn] = useState(run?.endsOn ?? '')
  const [months, setMonths] = useState(run?.keepMonths ? String(run.keepMonths) : '')
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  const kept = { endsOn: endsOn || null, keepMonths: months ? Number(months) : null }
  const { text, isNow } = keepingWords(kept, run?.people ?? 0)
  const isNew = kept.endsOn !== run?.endsOn || kept.keepMonths !== run?.keepMonths
  const store = async (): Promise<void> => {
    const body = { name, ...kept }
    const stored = run
      ? await ask(paths.run(run.id), { method: 'PATCH', body })
      : await ask(paths.runs, { method: 'POST', body, answer: madeSchema })
    setResult(stored)
    if (stored.ok) await done()
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
      <h2>{run ? t('runCalled', { name: run.name }) : t('newRun')}</h2>
      <Entry label={t('name')} value={name} change={setName} required maxLength={120} />
      <div class="entries">
        <Entry label={t('endsOn')} type="date" value={endsOn} change={setEndsOn} />
        <Entry
          label={t('keepMonths')}
          type="number"
          min={1}
          max={longestKeeping}
          value={months}
          change={setMonths}
        />
      </div>
      <div class={isNow ? 'note err' : 'note plain'} aria-live="polite">
        <p>{text}</p>
        {isNow && isNew && (
          <label class="agree">
            <input type="checkbox" required /> <span>{t('eraseNowAgree')}</span>
          </label>
        )}
      </div>
      <Outcome result={result} />
      <button type="submit" class="btn">
        {t(run ? 'store' : 'makeRun')}
      </button>
    </form>
  )
}
