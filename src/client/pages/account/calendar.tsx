import { useEffect, useId, useState } from 'preact/hooks'
import { formatMoment } from '../../i18n/format.ts'
import { language, strings } from '../../i18n/i18n.ts'
import { makeCalendar, readCalendarMadeAt } from '../../state/calendar.ts'
import { mayAsOneself } from '../../state/erase-me.ts'
import { useServices } from '../../state/services.ts'

/** The gatherings in one's own calendar program: a secret address, shown when it is made. */
export const Calendar = () => {
  const { me, server } = useServices()
  const t = strings('gathering')
  const deps = { ...server, principal: me.principal }
  const [madeAt, setMadeAt] = useState<number | null | undefined>(undefined)
  const [address, setAddress] = useState<string | null>(null)
  const [state, setState] = useState<'idle' | 'asking' | 'busy' | 'failed'>('idle')
  useEffect(() => {
    let shown = true
    setAddress(null)
    void readCalendarMadeAt(deps).then((at) => {
      if (shown) setMadeAt(at)
    })
    return () => {
      shown = false
    }
  }, [server, me.principal])
  if (!mayAsOneself(me, ['calendar', 'make'])) return null
  const make = async (): Promise<void> => {
    setState('busy')
    const made = await makeCalendar(deps, language.peek())
    setState(made === null ? 'failed' : 'idle')
    if (made !== null) setAddress(made)
  }
  const isMade = address !== null || typeof madeAt === 'number'
  const isAsking = isMade && state === 'asking'
  return (
    <section class="part">
      <h2 class="h-s">{t('calendarTitle')}</h2>
      <div>
        <p>{t('calendarText')}</p>
        {address !== null ? (
          <Address address={address} />
        ) : (
          typeof madeAt === 'number' && (
            <p class="mute">{t('calendarMade', { when: formatMoment(madeAt) })}</p>
          )
        )}
        {isAsking && <p class="note wait">{t('renewText')}</p>}
        <div class="row ways">
          {isAsking ? (
            <>
              <button type="button" class="btn" onClick={() => void make()}>
                {t('renewYes')}
              </button>
              <button type="button" class="btn line" onClick={() => setState('idle')}>
                {t('renewNo')}
              </button>
            </>
          ) : (
            <button
              type="button"
              class={isMade ? 'txt-btn' : 'btn line'}
              disabled={state === 'busy'}
              onClick={() => (isMade ? setState('asking') : void make())}
            >
              {t(state === 'busy' ? 'calendarMaking' : isMade ? 'renew' : 'calendarMake')}
            </button>
          )}
        </div>
        <div role="status">{state === 'failed' && <p class="note err">{t('makeFailed')}</p>}</div>
      </div>
    </section>
  )
}

const Address = ({ address }: { address: string }) => {
  const t = strings('gathering')
  const id = useId()
  const [copied, setCopied] = useState<'yes' | 'failed' | null>(null)
  const copy = (): Promise<void> =>
    navigator.clipboard.writeText(address).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    )
  return (
    <div class="note">
      <label for={id}>
        <b>{t('calendarAddress')}</b>
      </label>
      <input
        id={id}
        class="area one"
        type="text"
        readOnly
        value={address}
        onFocus={(event) => event.currentTarget.select()}
      />
      <p class="hint">{t('calendarSecret')}</p>
      <div class="row ways">
        <button type="button" class="btn" onClick={() => void copy()}>
          {t('copy')}
        </button>
        <a class="btn line" href={address.replace(/^https?:/, 'webcal:')}>
          {t('subscribe')}
        </a>
      </div>
      <p role="status" class="state">
        {copied && t(copied === 'yes' ? 'copied' : 'copyFailed')}
      </p>
      <h3>{t('howTitle')}</h3>
      <ul>
        <li>{t('howPhone')}</li>
        <li>{t('howOutlook')}</li>
        <li>{t('howGoogle')}</li>
      </ul>
    </div>
  )
}
