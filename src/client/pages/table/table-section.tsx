import { useState } from 'preact/hooks'
import { lazy } from 'preact-iso'
import type { TableLink } from '../../../shared/domain/tablet.ts'
import { formatClock } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { type Services, useServices } from '../../state/services.ts'
import { askTableLink, type KeptLink, keptLink } from '../../state/table-links.ts'
import { dayOf, useLine } from '../home/use-line.ts'
import { links } from '../links.ts'
import { ChooseStop, noStop, stopsAhead } from './choose-stop.tsx'
import { TabletRows } from './tablet-rows.tsx'
import { untilWords } from './until.ts'

const QrCode = lazy(() => import('./qr-code.tsx').then((m) => m.QrCode))

type Group = Services['me']['groups'][number]
type Failure = 'offline' | 'not-allowed' | 'other'

/** How tablets get on the group's table, and which are there. */
export const TableSection = ({ group }: { group: Group }) => {
  const { me, server, now, table } = useServices()
  const [made, setMade] = useState<TableLink | null>(null)
  const [kept, setKept] = useState<KeptLink | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  /** Asked of the list anew. */
  const [turn, setTurn] = useState(0)
  const t = strings('table')
  const ahead = stopsAhead(useLine(), dayOf(new Date(now.value)))
  const [chosen, setChosen] = useState(ahead[0]?.id ?? noStop)
  const id = group.scope.slice(2)
  const deps = { ...server, principal: me.principal }

  const show = async (fresh: boolean): Promise<void> => {
    setBusy(true)
    setFailure(null)
    const stop = group.stop ?? (chosen || null)
    const answer = await askTableLink(deps, id, { stop, fresh })
    setBusy(false)
    if (typeof answer === 'object') {
      setMade(answer)
      setTurn((before) => before + 1)
      return
    }
    // A tablet that is in has the link by which it came.
    const known = keptLink(deps, id, Date.now()) ?? table
    setMade(null)
    setKept(answer === 'offline' && !fresh ? known : null)
    if (answer !== 'offline' || fresh || !known) setFailure(answer)
  }
  const chooseStop = (stop: string): void => {
    setChosen(stop)
    setMade(null)
    setKept(null)
  }
  const shown = made ?? kept
  return (
    <section class="part table-part" aria-labelledby={`table-${id}`}>
      <h2 class="h-s" id={`table-${id}`}>
        {t('title')}
      </h2>
      <div>
        <p>{t('lede')}</p>
        {!group.stop && <ChooseStop stops={ahead} group={id} value={chosen} choose={chooseStop} />}
        <div role="status">
          {failure && <p class="note err">{t(`fail-${failure}`)}</p>}
          {shown && (
            <div class="table-code">
              <QrCode text={addressOf(shown.link)} label={t('qrAlt', { group: group.name })} />
              <div>
                <p>{t('validUntil', { when: untilWords(shown.expiresAt) })}</p>
                {made ? (
                  <>
                    <p>{t('orType', { address: `${location.host}${links.table}` })}</p>
                    <p class="device-code" translate={false}>
                      {made.code}
                    </p>
                    <p class="hint">{t('codeUntil', { clock: formatClock(made.codeUntil) })}</p>
                  </>
                ) : (
                  <p class="hint">{t('keptLink')}</p>
                )}
              </div>
            </div>
          )}
        </div>
        <button type="button" class="btn line" disabled={busy} onClick={() => void show(false)}>
          {t(busy ? 'showing' : shown ? 'showAgain' : 'show')}
        </button>
        <TabletRows turn={turn} group={id} fresh={() => show(true)} />
      </div>
    </section>
  )
}

const addressOf = (link: string): string => `${location.origin}${links.table}#${link}`
