import nb from '../../../locales/nb/sheetPaper.json' with { type: 'json' }
import nn from '../../../locales/nn/sheetPaper.json' with { type: 'json' }
import type { Language } from '../../shared/domain/languages.ts'
import type { PlanWords } from '../../shared/domain/paper.ts'
import { type BlockLabel, isErasedLabel } from '../../shared/words/blocks.ts'

const texts = { nn, nb }
export type PaperKey = keyof typeof nn
export type PaperTexts = ReturnType<typeof paperTextsIn>

/** The strings of a group's papers in one language. */
export const paperTextsIn =
  (language: Language) =>
  (key: PaperKey, values: Readonly<Record<string, string | number>> = {}): string =>
    texts[language][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => `${values[name] ?? ''}`)

/** A writer as the paper's language has it: a role by its id, else the name that they wrote under. */
export const writerIn = (t: PaperTexts, writer: BlockLabel | null): string => {
  if (writer === null) return t('writer_nobody')
  const key = `writer_${writer.role}`
  if (isWriterKey(key)) return t(key)
  return isErasedLabel(writer.label) ? t('writer_former') : writer.label
}

const isWriterKey = (key: string): key is PaperKey => key in nn && key !== 'writer_nobody'

export const planWordsIn = (t: PaperTexts): PlanWords => ({
  state: t('effortState'),
  term: t('effortTerm'),
  deadline: t('effortDeadline'),
  states: {
    'not-begun': t('state_not-begun'),
    'under-way': t('state_under-way'),
    done: t('state_done'),
    stopped: t('state_stopped'),
  },
  terms: { short: t('term_short'), long: t('term_long') },
  day: (one) => dayOnly.format(Date.parse(`${one}T12:00:00Z`)),
})

/** `26. november 2026 kl. 09.14` in Norway: the names of the months are the same in both languages. */
export const momentIn = (ms: number): string =>
  `${day.format(ms)} kl. ${clock.format(ms).replace(':', '.')}`

const day = new Intl.DateTimeFormat('nb', { dateStyle: 'long', timeZone: 'Europe/Oslo' })
const dayOnly = new Intl.DateTimeFormat('nb', { dateStyle: 'long', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat('nb', { timeStyle: 'short', timeZone: 'Europe/Oslo' })
