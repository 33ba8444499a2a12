import type { Gathering } from '../../../../shared/domain/gathering.ts'
import { formatSpan, parseDay } from '../../../i18n/format.ts'
import { strings } from '../../../i18n/i18n.ts'

/** What people will ask for, and is not said yet; of own time, and of what is cancelled, nothing. */
export const missingOf = (gathering: Gathering) => {
  const { kind, cancelled, starts, startsAt, endsAt, place, address, meetingLink } = gathering
  if (kind === 'own' || cancelled) return []
  const isHeld = kind === 'gathering'
  return [
    !starts && ('day' as const),
    (!startsAt || !endsAt) && ('times' as const),
    isHeld && !place && ('place' as const),
    !address && !meetingLink && ('address' as const),
    gathering.agenda.length === 0 && ('agenda' as const),
    isHeld && !gathering.practical && ('practical' as const),
  ].filter((thing) => thing !== false)
}

/** `Manglar klokkeslett og program`, or null. */
export const sayMissing = (gathering: Gathering): string | null => {
  const t = strings('adminGatherings')
  const things = missingOf(gathering).map((thing) => t(`missing_${thing}`))
  const last = things.pop()
  if (last === undefined) return null
  return t('missing', {
    things: things.length > 0 ? `${things.join(', ')} ${t('and')} ${last}` : last,
  })
}

/** `Førde, 9.–10. desember` */
export const sayWhen = ({ kind, starts, ends, place }: Gathering): string => {
  const t = strings('adminGatherings')
  if (kind === 'own') return t('ownWork')
  const days = starts && formatSpan(parseDay(starts), parseDay(ends ?? starts), new Date())
  return [place, days ?? t('noDay')].filter(Boolean).join(', ')
}
