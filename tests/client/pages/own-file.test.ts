import { expect, it } from 'vitest'
import { ownFile } from '../../../src/client/pages/account/own-file.ts'
import type { WrittenSection } from '../../../src/client/pages/notes/written-entries.ts'

const label = (text: string) => ({ nn: text, nb: text })
const evil = '</script><script>alert(1)</script> & <b>ærleg</b> 🙂'

const file = (): string => {
  const answer = { field: 'a', label: label('Kva?'), isNote: false, fromGroup: false, text: evil }
  const entry = { item: null, shared: false, changedAt: 1, unsent: false, document: 'd' }
  const sections: WrittenSection[] = [
    { title: label('Fem filmar'), entries: [{ ...entry, answers: [answer] }] },
    {
      title: null,
      entries: [{ ...entry, answers: [{ ...answer, label: null, isNote: true, text: 'notat' }] }],
    },
  ]
  const plain = { texts: { 'f/a': evil }, scalars: { val: 3 } }
  return ownFile({
    title: 'Alt eg har skrive',
    made: 'Folkevald, Stord',
    language: 'nn',
    sections,
    documents: [{ id: 'd', scope: 'u', task: 't', plain, changedAt: 1, unsent: false }],
    progress: { film: { done: true } },
    words: {
      note: 'Notatet ditt',
      goneItems: 'Borte',
      goneItem: 'Teken ut',
      goneField: 'Teke ut',
      inLanguage: ({ nn }) => nn,
    },
  })
}

it('is a page to read, in which no word of the writer is markup', () => {
  const html = file()
  for (const words of ['Alt eg har skrive', 'Fem filmar', 'Kva?', 'Notatet ditt', 'Teken ut'])
    expect(html).toContain(words)
  expect(html).toContain('&lt;b&gt;ærleg&lt;/b&gt; 🙂')
  expect(html).not.toContain('<b>')
  expect(html.match(/<script/g)).toHaveLength(1)
  expect(html.match(/<\/script/g)).toHaveLength(1)
})

it('holds the same as JSON for programs', () => {
  const [, json = ''] =
    /<script type="application\/json" id="loft">(.*)<\/script>/.exec(file()) ?? []
  expect(JSON.parse(json)).toEqual({
    format: 'loft-own-words',
    version: 1,
    documents: [{ id: 'd', task: 't', changedAt: 1, texts: { 'f/a': evil }, scalars: { val: 3 } }],
    progress: { film: { done: true } },
  })
})
