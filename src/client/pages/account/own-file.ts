import type { StoredDocument } from '../../state/words.ts'
import type { WrittenSection } from '../notes/written-entries.ts'

export interface OwnFileInput {
  title: string
  /** Who, and when it was made: a line for the reader. */
  made: string
  language: string
  sections: readonly WrittenSection[]
  documents: readonly StoredDocument[]
  /** By item id. */
  progress: Readonly<Record<string, unknown>>
  words: {
    note: string
    goneItems: string
    goneItem: string
    goneField: string
    inLanguage(text: { nn: string; nb: string }): string
  }
}

/** All that somebody has written, as one page that people read, with the same as JSON in it for programs. */
export const ownFile = (input: OwnFileInput): string => {
  const { sections, words } = input
  const body = sections.map(
    ({ title, entries }) => `<h2>${asHtml(title ? words.inLanguage(title) : words.goneItems)}</h2>
${entries
  .map(
    ({ item, answers }) => `<h3>${asHtml(item ? words.inLanguage(item.title) : words.goneItem)}</h3>
<dl>
${answers
  .map(({ label, isNote, text }) => {
    const question = isNote ? words.note : label ? words.inLanguage(label) : words.goneField
    return `<dt>${asHtml(question)}</dt><dd>${asHtml(text)}</dd>`
  })
  .join('\n')}
</dl>`,
  )
  .join('\n')}`,
  )
  const data = {
    format: 'loft-own-words',
    version: 1,
    documents: input.documents.map(({ id, task, changedAt, plain }) => ({
      id,
      task,
      changedAt,
      ...plain,
    })),
    progress: input.progress,
  }
  return `<!doctype html>
<html lang="${input.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${asHtml(input.title)}</title>
<style>body{font:17px/1.6 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}dt{color:#456068;margin-top:1rem}dd{margin:0;white-space:pre-wrap}</style>
<h1>${asHtml(input.title)}</h1>
<p>${asHtml(input.made)}</p>
${body.join('\n')}
<script type="application/json" id="loft">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>
`
}

const asHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
