import type { Act } from '../../../shared/domain/administration.ts'
import { formatDate, parseDay } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import type { AdminResources } from '../../i18n/resources.ts'

type Key = keyof AdminResources['admin']

/** What was done as a sentence. No ids: whoever has no name any more is `nokon`. */
export const sayAct = (act: Act, names: Readonly<Record<string, string>>): string => {
  const t = strings('admin')
  const nameOf = (id: string | null): string => (id !== null && names[id]) || t('somebody')
  const by = act.by === null ? t('theServer') : (names[act.by] ?? t('somebody'))
  const told = {
    ...act.detail, // figures, such as `people`
    by,
    subject:
      act.act.startsWith('contact.') && !names[act.subject ?? '']
        ? t('removedSince')
        : nameOf(act.subject),
    changes: changesOf(act.detail, t),
  }
  const key = `act_${act.act.replace('.', '_')}`
  return t(isKey(key) ? (key as 'act_other') : 'act_other', told)
}

const isKey = (key: string): key is Key => strings('admin')(key as Key, { defaultValue: '' }) !== ''

/** `60 plassar, nytt namn` */
const changesOf = (detail: Act['detail'], t: ReturnType<typeof strings<'admin'>>): string => {
  const day = (value: unknown) => formatDate(parseDay(String(value)), new Date())
  const { capacity, version, renamed, endsOn, keepMonths, run } = detail
  const told = [
    renamed === true && t('change_name'),
    typeof capacity === 'number' && t('change_seats', { value: capacity }),
    typeof version === 'string' && t('change_version', { value: version }),
    run !== undefined && t('change_run'),
    endsOn !== undefined &&
      (endsOn === null ? t('change_noEnd') : t('change_end', { value: day(endsOn) })),
    keepMonths !== undefined &&
      (keepMonths === null ? t('change_kept') : t('change_months', { value: Number(keepMonths) })),
  ]
  return told.filter((text) => text !== false).join(', ')
}
