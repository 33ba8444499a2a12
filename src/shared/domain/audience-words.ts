import { plainWords } from './plain-words.ts'
import type { Audience } from './programme.ts'

/** Of a name "leiarar og tillitsvalde/folkevalde", the parts that people mean when they write them with a stroke between. */
export const separators = /[/+]/

/** The audience that somebody has written: number, id, title, or what such people are called; null if it is none. */
export const findAudience = (written: string, audiences: readonly Audience[]): Audience | null => {
  const words = plainWords(written).replace(/^målgruppe /, '')
  const number = Number(words.match(/^\d+$/)?.[0] ?? numberByWords.get(words) ?? Number.NaN)
  return (
    audiences.find(({ id, title }) =>
      [id, title.nn, title.nb].some((name) => plainWords(name) === words),
    ) ??
    audiences.find((audience) => audience.number === number) ??
    null
  )
}

/** All of them, in the order written; a part that is none stands as it was written. */
export const findAudiences = (
  written: string,
  audiences: readonly Audience[],
): (Audience | string)[] => {
  // A title may hold a stroke itself.
  const whole = findAudience(written, audiences)
  if (whole) return [whole]
  const parts = written.split(separators).map((part) => part.trim())
  const found = parts
    .filter((part) => part !== '')
    .map((part) => findAudience(part, audiences) ?? part)
  return [...new Set(found)]
}

/** `3+4`, where a spreadsheet program took `3/4` for a date and stored `03/04/26` or `03.apr`; null if it is no such date. */
export const audiencesOfDate = (written: string): string | null => {
  const [, first, second] =
    written.match(/^0?([1-5])[./-] ?0?([1-5]|[a-z]{3})\.?([./-]\d+)?$/i) ?? []
  if (!first || !second) return null
  const month = months.indexOf(second.toLowerCase()) + 1
  const number = month > 0 ? String(month) : second
  return /^\d$/.test(number) ? `${first}+${number}` : null
}
const months = ['jan', 'feb', 'mar', 'apr', 'mai']

// The five target groups have had their numbers since the first programmes; the titles change.
const wordsByNumber: Record<number, string> = {
  1: 'leiargruppe, leiargruppa, ledergruppe, ledergruppa, ledergruppen, kommunedirektør, kommunedirektørar, kommunedirektører, rådmann, kommunalsjef',
  2: 'hr, hr leiar, hr leder, hr ressurs, personal, personalsjef',
  3: 'ikt, it, ikt leiar, ikt leder, it leiar, it leder, ikt ressurs, ikt sjef, it sjef',
  4: 'tillitsvald, tillitsvalde, tillitsvalgt, tillitsvalgte, hovudtillitsvald, hovudtillitsvalde, hovedtillitsvalgt, hovedtillitsvalgte, htv',
  5: 'folkevald, folkevalde, folkevalgt, folkevalgte, politikar, politikarar, politiker, politikere, ordførar, ordfører',
}
const numberByWords = new Map(
  Object.entries(wordsByNumber).flatMap(([number, words]) =>
    words.split(', ').map((word) => [word, number] as const),
  ),
)
