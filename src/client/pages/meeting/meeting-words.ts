import type { OutlineTrack } from '../../../shared/domain/outline.ts'
import type { Me } from '../../../shared/domain/person.ts'
import { formatDay, parseDay } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'

/** `Møtet er torsdag 28. januar, kommunestyresalen.`; null while nobody knows. */
export const meetingDay = (me: Me, track: OutlineTrack): string | null => {
  const stop = me.cohort.stops.find((one) => one.stop === track.id)
  if (!stop?.starts) return null
  const t = strings('elected')
  const day = formatDay(parseDay(stop.starts))
  return stop.place ? t('meetingOnIn', { day, place: stop.place }) : t('meetingOn', { day })
}
