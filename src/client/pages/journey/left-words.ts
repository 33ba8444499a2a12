import type { Journey, LeftBehind } from '../../../shared/domain/journey.ts'
import type { Line } from '../../../shared/domain/line.ts'
import { formatDate, formatMinutes, parseDay } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'

const namedAtMost = 3

/** What gets no place and why, a sentence for each reason. */
export const leftWords = ({ left }: Journey, line: Line): string[] => {
  const t = strings('journey')
  const of = (reason: LeftBehind['reason']): LeftBehind[] =>
    left.filter((one) => one.reason === reason)
  const long = of('no-room')
  const together = of('together')
  const opening = line.stops.find(
    ({ kind, opens, items }) => kind === 'own' && opens !== null && items.length > 0,
  )
  return [
    ...(long.length > 0 ? [t('noRoom', { titles: namesOf(long, true) })] : []),
    ...(together.length > 0
      ? [t('together', { count: together.length, titles: namesOf(together, false) })]
      : []),
    ...(opening?.opens
      ? [
          strings('home')('opensLater', {
            title: local(opening.title),
            day: formatDate(parseDay(opening.opens)),
          }),
        ]
      : []),
  ]
}

/** `«a», «b» og «c»`, or `«a», «b», «c» og 4 til`. */
const namesOf = (left: readonly LeftBehind[], withTime: boolean): string => {
  const t = strings('journey')
  const named = left.slice(0, namedAtMost).map(({ entry: { item, left: minutes } }) => {
    const title = local(item.title)
    return withTime
      ? t('titleAndTime', { title, time: unbroken(formatMinutes(minutes)) })
      : t('quoted', { title })
  })
  const more = left.length - named.length
  const parts = more > 0 ? [...named, t('more', { count: more })] : named
  const last = parts.at(-1)
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} ${strings('home')('and')} ${last}`
}

/** No line ends within `15 min`. */
const unbroken = (time: string): string => time.replaceAll(' ', '\u00a0')
