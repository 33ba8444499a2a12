import type { Gathering } from '../../../shared/domain/gathering.ts'
import { formatDay, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { asSentence } from '../home/stop-words.ts'

const clock = (time: string): string => strings('dates')('clock', { time: time.replace(':', '.') })

/** `Onsdag 9. desember kl. 12.00`, and below it when it ends. */
export const whenLines = ({ starts, ends, startsAt, endsAt }: Gathering): string[] => {
  const t = strings('gathering')
  if (starts === null) return [t('dayNotSet')]
  const first = formatDay(parseDay(starts), new Date())
  const last = ends !== null && ends !== starts ? formatDay(parseDay(ends), new Date()) : null
  if (last === null) {
    const times =
      startsAt && endsAt
        ? t('fromTo', { from: clock(startsAt), to: clock(endsAt) })
        : (startsAt ?? endsAt) && clock(startsAt ?? endsAt ?? '')
    return [asSentence([first, times].filter(Boolean).join(', '))]
  }
  const from = startsAt ? `${first} ${clock(startsAt)}` : first
  const to = endsAt ? `${last} ${clock(endsAt)}` : last
  return [asSentence(t('from', { from })), t('until', { to })]
}

/** `Samling i Førde`; the programme's own name of it where there is no place. */
export const gatheringTitle = ({ kind, place, title }: Gathering): string => {
  if (kind !== 'gathering' || !place) return local(title)
  const t = strings('home')
  return t('placesWithOn').split(' ').includes(place)
    ? t('gatheringOn', { place })
    : t('gatheringIn', { place })
}

export const dayBefore = (day: string): Date => {
  const date = parseDay(day)
  date.setDate(date.getDate() - 1)
  return date
}
