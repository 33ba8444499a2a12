import nb from '../../../../locales/nb/export.json' with { type: 'json' }
import nn from '../../../../locales/nn/export.json' with { type: 'json' }
import type { Language } from '../../../shared/domain/languages.ts'

const texts = { nn, nb }
export type ExportKey = keyof typeof nn

/** The strings of the page in one language. */
export const textsIn =
  (language: Language) =>
  (key: ExportKey, values: Readonly<Record<string, string>> = {}): string =>
    texts[language][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** `26.11.2026 kl. 09.35` in Norway, alike in both languages. */
export const moment = (iso: string): string => {
  const parts = Object.fromEntries(
    format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  )
  return `${Number(parts.day)}.${Number(parts.month)}.${parts.year} kl. ${parts.hour}.${parts.minute}`
}
const format = new Intl.DateTimeFormat('nb', {
  timeZone: 'Europe/Oslo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
