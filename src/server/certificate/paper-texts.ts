import nb from '../../../locales/nb/certificatePaper.json' with { type: 'json' }
import nn from '../../../locales/nn/certificatePaper.json' with { type: 'json' }
import { hoursOf } from '../../shared/domain/certificate-standing.ts'
import type { Language } from '../../shared/domain/languages.ts'

const texts = { nn, nb }
export type PaperKey = keyof typeof nn
export type PaperTexts = ReturnType<typeof paperTextsIn>

/** The strings of a certificate in one language. */
export const paperTextsIn =
  (language: Language) =>
  (key: PaperKey, values: Readonly<Record<string, string>> = {}): string =>
    texts[language][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** `33,5 timar`, rounded down to half an hour. */
export const hoursIn = (t: PaperTexts, minutes: number): string => {
  const hours = hoursOf(minutes)
  return t(hours === 1 ? 'paperHour' : 'paperHours', { hours: number.format(hours) })
}

/** `9. november 2026`: the names of the months are the same in both languages. */
export const dayInWords = (day: string): string => date.format(Date.parse(`${day}T00:00Z`))

const number = new Intl.NumberFormat('nb')
const date = new Intl.DateTimeFormat('nb', { dateStyle: 'long', timeZone: 'UTC' })
