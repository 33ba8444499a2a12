import type { Line, LineStop } from '../../../shared/domain/line.ts'
import {
  formatDate,
  formatDaysFromNow,
  formatMinutes,
  formatSpan,
  parseDay,
} from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'

/** `Samling i Førde`, `Samling på Stord`; a stop without a place keeps its own title. */
export const stopTitle = ({ kind, place, title }: LineStop): string => {
  if (kind !== 'gathering' || !place) return local(title)
  const t = strings('home')
  return t('placesWithOn').split(' ').includes(place)
    ? t('gatheringOn', { place })
    : t('gatheringIn', { place })
}

/** What one says of the stop in a sentence: the place of a gathering, else its title. */
export const stopName = ({ kind, place, title }: LineStop): string =>
  kind === 'gathering' && place ? place : local(title)

/** Own time that leads to a gathering in a named place: `Forarbeid til Førde`. */
export const titleTowards = (line: Line, stop: LineStop): string => {
  const following = line.stops[line.stops.indexOf(stop) + 1]
  if (stop.kind !== 'own' || following?.kind !== 'gathering' || !following.place) {
    return stopTitle(stop)
  }
  return strings('home')('towards', { title: local(stop.title), place: stopName(following) })
}

/** `9.–10. desember`, or null. */
export const stopDays = ({ starts, ends }: LineStop): string | null =>
  starts === null ? null : formatSpan(parseDay(starts), parseDay(ends ?? starts))

/** The stop's state in words, for all who do not see its shape; null where the rest of the text says it. */
export const stopStateWords = (stop: LineStop): string | null => {
  const t = strings('home')
  const days = stopDays(stop)
  if (stop.state === 'done') {
    return days && stop.kind !== 'own' ? t('doneOn', { day: days }) : t('done')
  }
  if (stop.state !== 'begun' || stop.kind === 'own') return null
  return days ? t('begunOn', { day: days }) : t('begun')
}

/**
 * `11 av 15 gjort, 53 min att`, `7 t 20 min, opnar 10. desember`; null when there is nothing to do there. `short`
 * leaves out the count.
 */
export const stopTime = (stop: LineStop, short = false): string | null => {
  const t = strings('home')
  if (stop.of === 0 || stop.total === 0) return null
  const time = formatMinutes(stop.left)
  if (stop.opens) return t('timeOpens', { time, day: formatDate(parseDay(stop.opens)) })
  if (stop.state === 'done') return null
  return stop.done > 0 && !short
    ? t('doneOf', { done: stop.done, of: stop.of, time })
    : t('timeLeft', { time })
}

/** How far it is, in one or two sentences: `Førde om åtte dagar.` `Du har 53 minutt att.` */
export const headline = (line: Line, group: boolean): string[] => {
  const t = strings('home')
  if (line.finished) return [t(group ? 'groupHasArrived' : 'youHaveArrived')]
  const { ahead } = line
  const stop = ahead && line.stops[ahead.stop]
  const minutes = ahead ? ahead.minutes : line.left
  const rest =
    minutes > 0
      ? t(group ? 'groupHasLeft' : 'youHaveLeft', { time: longMinutes(minutes) })
      : t(ahead ? (group ? 'groupIsReady' : 'youAreReady') : 'nothingNow')
  if (!stop) return [rest]
  return [t('whatWhen', { what: stopName(stop), when: formatDaysFromNow(ahead.days) }), rest]
}

/** Below an hour in full words: `53 minutt`. */
export const longMinutes = (minutes: number): string => {
  const t = strings('home')
  if (minutes >= 60) return formatMinutes(minutes)
  return minutes === 1 ? t('minutesLongOne') : t('minutesLongMany', { minutes })
}

/** Begins with a capital letter. */
export const asSentence = (text: string): string =>
  text.charAt(0).toLocaleUpperCase('nb') + text.slice(1)
