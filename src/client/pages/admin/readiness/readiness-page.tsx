import { useRef, useState } from 'preact/hooks'
import {
  type Readiness,
  readinessSchema,
  type ToldCount,
} from '../../../../shared/domain/readiness.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { formatMoment } from '../../../i18n/format.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { useAsked } from '../use-asked.ts'
import { Remind } from './remind.tsx'

type Group = Readiness['groups'][number]

/** `/admin/klar/<cohort>/<stop>`: who is ready for a gathering. */
export const ReadinessPage = ({ cohort = '', stop = '' }: PageParams) => {
  const t = strings('adminReadiness')
  const answered = useAsked(paths.readiness(cohort, stop), readinessSchema)
  // Stays when it cannot be had anew: somebody may be writing a message under it.
  const last = useRef<{ of: string; value: Readiness } | null>(null)
  const of = `${cohort}/${stop}`
  if (answered.asked?.ok) last.current = { of, value: answered.asked.value }
  const readiness = last.current?.of === of ? last.current.value : null
  useTitle(t('title'))
  return (
    <main id="content" class="readiness">
      <a class="back to-overview" href={links.adminGathering(cohort, stop)}>
        <Icon name="back" />
        {t('toGathering')}
      </a>
      <h1>{readiness ? t('titleOf', { stop: local(readiness.stop.title) }) : t('title')}</h1>
      <Missing {...answered} />
      {readiness && (
        <>
          <p class="lede">{t('lede', { share: Math.round(readiness.readyShare * 100) })}</p>
          <p class="readiness-ways">
            <a class="btn line small" href={links.wall(cohort)}>
              <Icon name="eye" />
              {t('toWall')}
            </a>
            <a class="btn line small" href={links.adminDay(cohort, stop)}>
              <Icon name="clock" />
              {t('toDay')}
            </a>
            <button type="button" class="btn line small" onClick={() => void answered.again()}>
              {t('again')}
            </button>
          </p>
          {readiness.groups.length === 0 ? (
            <p class="mute">{t('noGroups')}</p>
          ) : (
            <Board cohort={cohort} stop={stop} readiness={readiness} />
          )}
        </>
      )}
    </main>
  )
}

const Board = ({
  cohort,
  stop,
  readiness: { groups, sheets, ready },
}: {
  cohort: string
  stop: string
  readiness: Readiness
}) => {
  const t = strings('adminReadiness')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  const lag = groups.filter(isLagging).map(({ id }) => id)
  return (
    <>
      <div class="scroll">
        <table class="ready-table">
          <thead>
            <tr>
              <th scope="col">{t('group')}</th>
              {sheets.map(({ id, title }) => (
                <th scope="col" key={id}>
                  {local(title)}
                </th>
              ))}
              <th scope="col">{t('people')}</th>
              <th scope="col">{t('tablets')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.id}>
                <th scope="row">
                  <label class="row">
                    <input
                      type="checkbox"
                      checked={chosen.includes(group.id)}
                      onChange={() => toggle(group.id)}
                    />
                    <span>
                      {group.name}
                      {group.contacts === 0 && <span class="hint">{t('noContact')}</span>}
                    </span>
                  </label>
                </th>
                {group.sheets.map((sheet) => (
                  <td key={sheet.id}>
                    <SheetState {...sheet} />
                  </td>
                ))}
                <td>
                  {group.ready ? (
                    sayCount(group.ready)
                  ) : (
                    <span class="mute">
                      {t(group.municipality === null ? 'noMunicipality' : 'fewer')}
                    </span>
                  )}
                </td>
                <td>
                  <Tablets group={group} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ready.length > 0 && (
        <ul class="ready-rest">
          {ready.map(({ size, ...count }) => (
            <li key={size}>
              {t(size === null ? 'restMixed' : `rest_${size}`)}: <b>{sayCount(count)}</b>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">{t('privacy')}</p>
      <Remind
        {...{ cohort, stop, groups }}
        chosen={chosen}
        lagging={lag}
        chooseLagging={() => setChosen(lag)}
      />
    </>
  )
}

/** Something before the gathering is not begun. */
const isLagging = ({ sheets }: Group): boolean => sheets.some(({ state }) => state === 'none')

const SheetState = ({ state, at }: Group['sheets'][number]) => {
  const t = strings('adminReadiness')
  const icon = {
    none: 'x',
    begun: 'task',
    'handed-in': 'sent',
    'changed-after': 'sent',
    unreadable: 'x',
  } as const
  return (
    <span class={`ready-state is-${state}`}>
      <Icon name={icon[state]} small />
      <span>
        {t(`state_${state}`)}
        {at !== null && <small>{formatMoment(at)}</small>}
      </span>
    </span>
  )
}

const sayCount = ({ of, band }: ToldCount): string =>
  strings('adminReadiness')(`count_${band}`, { least: of - 1, of })

const Tablets = ({ group: { tablets } }: { group: Group }) => {
  const t = strings('adminReadiness')
  if (tablets.length === 0) return <span class="mute">{t('noTablets')}</span>
  return (
    <ul class="ready-tablets">
      {tablets.map(({ id, label, seenAt, unsent }) => (
        <li key={id} class={unsent > 0 ? 'unsent-mark' : undefined}>
          {label || t('tablet')}:{' '}
          {t(unsent > 0 ? 'unsent' : 'allSent', { when: formatMoment(seenAt), count: unsent })}
        </li>
      ))}
    </ul>
  )
}
