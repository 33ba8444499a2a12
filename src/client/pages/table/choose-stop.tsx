import type { Line } from '../../../shared/domain/line.ts'
import { Choice } from '../../components/choice.tsx'
import { strings } from '../../i18n/i18n.ts'
import { stopDays, stopTitle } from '../home/stop-words.ts'

/** Not at any gathering: for a day from now. */
export const noStop = ''
const mostStops = 3

/** The stops with days that are not over, the nearest first: a gathering, or when the group meets at home. */
export const stopsAhead = ({ stops }: Line, today: string): Line['stops'] =>
  stops
    .filter(({ kind, starts, ends }) => kind !== 'own' && (ends ?? starts ?? '') >= today)
    .toSorted((a, b) => (a.starts ?? '').localeCompare(b.starts ?? ''))
    .slice(0, mostStops)

/** For which meeting, and so for how long, tablets are let in. */
export const ChooseStop = ({
  stops,
  group,
  value,
  choose,
}: {
  stops: Line['stops']
  group: string
  value: string
  choose(stop: string): void
}) => {
  const t = strings('table')
  return (
    <Choice
      legend={t('forWhich')}
      name={`table-stop-${group}`}
      value={value}
      choose={choose}
      options={[
        ...stops.map((stop) => ({
          value: stop.id,
          label: [stopTitle(stop), stopDays(stop)].filter(Boolean).join(', '),
        })),
        { value: noStop, label: t('forOneDay') },
      ]}
    />
  )
}
