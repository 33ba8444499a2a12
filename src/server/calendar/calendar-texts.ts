import nb from '../../../locales/nb/calendar.json' with { type: 'json' }
import nn from '../../../locales/nn/calendar.json' with { type: 'json' }
import type { Language } from '../../shared/domain/languages.ts'

const texts = { nn, nb }
export type CalendarKey = keyof typeof nn

/** The strings of a calendar in one language. */
export const calendarTextsIn =
  (language: Language) =>
  (key: CalendarKey, values: Readonly<Record<string, string>> = {}): string =>
    texts[language][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
