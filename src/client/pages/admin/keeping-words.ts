import { erasureDay } from '../../../shared/domain/retention.ts'
import { formatDate, parseDay } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'

/** What happens to a run's people and when, before it is stored; `isNow` = as soon as it is. */
export const keepingWords = (
  { endsOn, keepMonths }: { endsOn: string | null; keepMonths: number | null },
  people: number,
  now: Date = new Date(),
): { text: string; isNow: boolean } => {
  const t = strings('admin')
  if (endsOn === null) return { text: t('keptWithoutEnd'), isNow: false }
  const say = (day: string): string => formatDate(parseDay(day), now)
  const day = erasureDay(endsOn, keepMonths)
  if (day === null) return { text: t('keptAfter', { day: say(endsOn) }), isNow: false }
  const whom = people === 1 ? t('peopleOne') : t('peopleMany', { count: people })
  if (parseDay(day) <= now) return { text: t('erasedNow', { day: say(day), whom }), isNow: true }
  return { text: t('erasedOn', { day: say(day), whom }), isNow: false }
}
