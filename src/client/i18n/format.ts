// Chromium has no nynorsk in Intl: numbers are formatted as bokmål (alike in both), names of days and months come
// from locales/.
import { language, strings } from './i18n.ts'

const number = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat('nb', { minimumFractionDigits: 0, maximumFractionDigits: digits })

/** `1 234,5` with at most `digits` decimals. */
export const formatNumber = (value: number, digits = 1): string => number(digits).format(value)

/** `1 t 10 min`, `53 min`. */
export const formatMinutes = (minutes: number): string => {
  const t = strings('dates')
  const whole = Math.max(0, Math.round(minutes))
  const hours = Math.floor(whole / 60)
  const rest = whole % 60
  if (hours === 0) return t('minutes', { minutes: rest })
  return rest === 0 ? t('hours', { hours }) : t('hoursAndMinutes', { hours, minutes: rest })
}

/** `3.12` minutes and seconds of a film, `1.03.12` with hours. */
export const formatTime = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}.${two(minutes)}.${two(whole % 60)}` : `${minutes}.${two(whole % 60)}`
}

/** `0,4 MB`, `31 MB`, `2 GB`; thousands, as browsers and shops count. */
export const formatBytes = (bytes: number): string => {
  if (bytes >= 1e9) return `${formatNumber(bytes / 1e9)}\u00a0GB`
  const mb = bytes / 1e6
  return `${formatNumber(mb, mb < 10 ? 1 : 0)}\u00a0MB`
}

/** `kl. 08.39` */
export const formatClock = (time: number): string => {
  const at = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  return strings('dates')('clock', { time: `${two(at.getHours())}.${two(at.getMinutes())}` })
}

/** `kl. 08.39` today, else with the day before it: `22. november kl. 08.39`. */
export const formatMoment = (time: number, now: number = Date.now()): string => {
  const [at, today] = [new Date(time), new Date(now)]
  const clock = formatClock(time)
  return at.toDateString() === today.toDateString() ? clock : `${formatDate(at, today)} ${clock}`
}

const dayKeys = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const
const monthKeys = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const

/** `laurdag 12. desember`; the year is added when it is another than `now`'s. */
export const formatDay = (day: Date, now?: Date): string => {
  const t = strings('dates')
  const weekday = t(dayKeys[day.getDay()] ?? 'sunday')
  return `${weekday} ${formatDate(day, now)}`
}

/** `12. desember` */
export const formatDate = (day: Date, now?: Date): string => {
  const t = strings('dates')
  const month = t(monthKeys[day.getMonth()] ?? 'january')
  const year = now && now.getFullYear() !== day.getFullYear() ? ` ${day.getFullYear()}` : ''
  return `${day.getDate()}. ${month}${year}`
}

/** `9.–10. desember`, `30. november–1. desember` */
export const formatSpan = (from: Date, to: Date, now?: Date): string => {
  if (from.toDateString() === to.toDateString()) return formatDate(from, now)
  return from.getMonth() === to.getMonth()
    ? `${from.getDate()}.–${formatDate(to, now)}`
    : `${formatDate(from)}–${formatDate(to, now)}`
}

/** A calendar day `yyyy-mm-dd` as local midnight. */
export const parseDay = (day: string): Date => {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date)
}

/** `i dag`, `i morgon`, `om åtte dagar`, `for tre dagar sidan`; numbers up to twelve as words. */
export const formatDaysFromNow = (days: number): string => {
  const t = strings('dates')
  if (days === 0) return t('today')
  if (days === 1) return t('tomorrow')
  if (days === -1) return t('yesterday')
  const count = Math.abs(days)
  return t(days > 0 ? 'inDays' : 'daysAgo', { days: countWord(count) })
}

/** Sorts as Norwegian: æ, ø, å last. */
export const compareText = (a: string, b: string): number =>
  new Intl.Collator('nb', { numeric: true }).compare(a, b)

const countWord = (count: number): string => {
  const words = strings('dates')('countWords').split(' ')
  return words[count] ?? formatNumber(count, 0)
}

/** The language that Intl and `lang` attributes get for the writer's own text. */
export const currentLanguageTag = (): string => language.value
