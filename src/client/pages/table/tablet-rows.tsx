import { useEffect, useState } from 'preact/hooks'
import type { TabletList } from '../../../shared/domain/tablet.ts'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { askTablets, endTablet } from '../../state/table-links.ts'

type Tablet = TabletList['tablets'][number]

/** The tablets on a group's table, as the server last heard of them. */
export const TabletRows = ({
  group,
  turn,
  fresh,
}: {
  group: string
  /** Another one: the list is asked for anew. */
  turn: number
  fresh(): Promise<void>
}) => {
  const { me, server, now } = useServices()
  const [tablets, setTablets] = useState<Tablet[] | 'asking' | null>('asking')
  const [asked, setAsked] = useState<string | 'fresh' | null>(null)
  const [failed, setFailed] = useState(false)
  const box = useKeptFocus()
  const t = strings('table')
  const deps = { ...server, principal: me.principal }
  const minute = now.value

  useEffect(() => {
    void askTablets(deps, group).then(setTablets)
  }, [minute, turn])

  const end = async (tablet: Tablet): Promise<void> => {
    setAsked(null)
    setFailed(!(await endTablet(deps, group, tablet.id)))
    setTablets(await askTablets(deps, group))
  }
  if (tablets === 'asking') return null
  return (
    <div ref={box} tabIndex={-1}>
      <h3>{t('listTitle')}</h3>
      {tablets === null && <p class="mute">{t('listOffline')}</p>}
      {tablets?.length === 0 && <p class="mute">{t('listEmpty')}</p>}
      {failed && (
        <p class="note err" role="alert">
          {t('fail-offline')}
        </p>
      )}
      {tablets !== null && tablets.length > 0 && (
        <ul class="tablet-list">
          {tablets.map((tablet) => (
            <li key={tablet.id}>
              <p>
                <b>{tablet.label || t('unknownTablet')}</b>
                {tablet.id === me.principal && <span class="mute"> ({t('thisTablet')})</span>}
                <br />
                <span class="mute">
                  {tablet.unsent === 0
                    ? t('lastContact', { when: formatMoment(tablet.seenAt) })
                    : t('lastContactUnsent', {
                        count: tablet.unsent,
                        when: formatMoment(tablet.seenAt),
                      })}
                  {tablet.isOver && <> {t('isOver')}</>}
                </span>
              </p>
              {!tablet.isOver && tablet.id !== me.principal && (
                <button
                  type="button"
                  class="btn line small"
                  aria-label={t('endLabel', { tablet: tablet.label || t('unknownTablet') })}
                  onClick={() => setAsked(tablet.id)}
                >
                  {t('end')}
                </button>
              )}
              {asked === tablet.id && (
                <Sure
                  question={t('endAsk', { tablet: tablet.label || t('unknownTablet') })}
                  yes={t('endYes')}
                  take={() => void end(tablet)}
                  cancel={() => setAsked(null)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {tablets !== null && (
        <>
          {asked === 'fresh' ? (
            <Sure
              question={t('freshAsk')}
              yes={t('freshYes')}
              take={() => {
                setAsked(null)
                void fresh()
              }}
              cancel={() => setAsked(null)}
            />
          ) : (
            <p>
              <button type="button" class="txt-btn" onClick={() => setAsked('fresh')}>
                {t('fresh')}
              </button>
            </p>
          )}
          <p class="hint">{t('freshHint')}</p>
        </>
      )}
    </div>
  )
}

const Sure = ({
  question,
  yes,
  take,
  cancel,
}: {
  question: string
  yes: string
  take(): void
  cancel(): void
}) => (
  <div class="note" role="alert" tabIndex={-1} data-first>
    <p>{question}</p>
    <div class="row">
      <button type="button" class="btn small" onClick={take}>
        {yes}
      </button>
      <button type="button" class="btn line small" onClick={cancel}>
        {strings('table')('cancel')}
      </button>
    </div>
  </div>
)
