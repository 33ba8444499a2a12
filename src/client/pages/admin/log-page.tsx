import { useState } from 'preact/hooks'
import { type Acts, actsSchema } from '../../../shared/domain/administration.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { formatClock, formatDay } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../state/admin-api.ts'
import { useTitle } from '../item/use-title.ts'
import { sayAct } from './act-words.ts'
import { Missing, sayFailure } from './failure.tsx'
import { useAsked } from './use-asked.ts'

/** What has been done in the network, by whom, the newest first. */
export const LogPage = () => {
  const t = strings('admin')
  useTitle(t('log'))
  const answered = useAsked(paths.acts, actsSchema)
  const first = answered.asked?.ok ? answered.asked.value : null
  return (
    <main id="content">
      <h1>{t('log')}</h1>
      <p class="lede">{t('logLede')}</p>
      <Missing {...answered} />
      {first?.acts.length === 0 && <p class="mute">{t('logEmpty')}</p>}
      {first && first.acts.length > 0 && <Days first={first} />}
    </main>
  )
}

const Days = ({ first }: { first: Acts }) => {
  const t = strings('admin')
  const ask = useAsk()
  const [more, setMore] = useState<readonly Acts[]>([])
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const shown = [first, ...more]
  const older = shown.at(-1)?.older
  const readOn = async (): Promise<void> => {
    const asked = await ask(`${paths.acts}?before=${older}`, { answer: actsSchema })
    setFailed(asked.ok ? null : asked)
    if (asked.ok) setMore([...more, asked.value])
  }
  const names = Object.assign({}, ...shown.map((page) => page.names)) as Record<string, string>
  const acts = shown.flatMap((page) => page.acts)
  const days = Map.groupBy(acts, ({ at }) => new Date(at).toDateString())
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section key={day} class="log-day">
          <h2>{formatDay(new Date(day), new Date())}</h2>
          <ol>
            {ofDay.map((act) => (
              <li key={act.id}>
                <span class="mute num">{formatClock(act.at)}</span>
                <span>{sayAct(act, names)}</span>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {failed?.ok === false && (
        <p class="note" role="alert">
          {sayFailure(failed)}
        </p>
      )}
      {older && (
        <button type="button" class="btn line after-rows" onClick={() => void readOn()}>
          {t('older')}
        </button>
      )}
    </>
  )
}
