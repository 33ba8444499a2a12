import type { Cohort } from '../../../shared/domain/administration.ts'
import { formatSpan, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'

/** `Førde, 9.–10. desember`, or null. */
export const nextWords = ({ next }: Cohort): string | null => {
  if (!next) return null
  const days = formatSpan(parseDay(next.starts), parseDay(next.ends ?? next.starts), new Date())
  const what = next.place ?? (next.title ? local(next.title) : null)
  return what === null ? days : `${what}, ${days}`
}

/** What an administrator has to do with this cohort now; nothing is no row. */
export const toDo = (cohort: Cohort): string[] => {
  const t = strings('admin')
  const { notInvited, invited, waiting, capacity, participants, programme, next } = cohort
  const newest = programme.versions[0]
  return [
    notInvited > 0 &&
      t(notInvited === 1 ? 'notInvitedOne' : 'notInvitedMany', { count: notInvited }),
    invited > 0 && t(invited === 1 ? 'notArrivedOne' : 'notArrivedMany', { count: invited }),
    waiting > 0 && t('waiting', { count: waiting }),
    waiting > 0 && participants < capacity && t('roomAgain', { count: capacity - participants }),
    next === null && t('noDays'),
    newest !== undefined && newest !== programme.version && t('newerVersion', { version: newest }),
  ].filter((text) => text !== false)
}
