import { formatDate, formatMoment, parseDay } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'

/** `slutten av 10. desember` for a midnight in Norway, where the table's day ends; else its moment. */
export const untilWords = (time: number): string => {
  if (!inNorway(time).endsWith('00:00')) return formatMoment(time)
  const [day = ''] = inNorway(time - 1).split(' ')
  return strings('table')('endOfDay', { day: formatDate(parseDay(day), new Date()) })
}

const inNorway = (time: number): string => clock.format(time)
// Swedish writes `2026-12-10 23:59`.
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Oslo',
  dateStyle: 'short',
  timeStyle: 'short',
})
