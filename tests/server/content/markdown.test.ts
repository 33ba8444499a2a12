import { expect, test } from 'vitest'
import { readMarkdown } from '../../../src/server/content/markdown.ts'
import { collectProblems } from '../../../src/server/content/problem.ts'

const sources = {
  svgByDrawing: new Map([['bus', '<svg/>']]),
  terms: new Set(['ambidekstral']),
  glossaryFile: 'framework.yaml',
}
const readText = (markdown: string) => {
  const problems = collectProblems('/')
  const text = readMarkdown('/nn.md', markdown, sources, problems)
  return { ...text, problems: problems.sorted().map(({ line, code }) => `${line} ${code}`) }
}

test('every allowed form becomes a block', () => {
  const { blocks, problems } = readText(`Ein **sterk** lede med [lenkje](https://ks.no)
over to linjer.

## Overskrift

### Mindre

- ei
- to **ting**

1. først
2. så eit [ord](term:ambidekstral)

> Ei setning.

> [!small] For små kommunar
> De er få
> og nære.
>
> - kvarandre

![Bussen](drawing:bus)
`)
  expect(problems).toEqual([])
  expect(blocks).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: 'Ein ' },
        { kind: 'strong', text: 'sterk' },
        { kind: 'text', text: ' lede med ' },
        { kind: 'link', text: 'lenkje', href: 'https://ks.no' },
        { kind: 'text', text: ' over to linjer.' },
      ],
    },
    { kind: 'heading', level: 2, text: 'Overskrift' },
    { kind: 'heading', level: 3, text: 'Mindre' },
    {
      kind: 'list',
      items: [
        [{ kind: 'text', text: 'ei' }],
        [
          { kind: 'text', text: 'to ' },
          { kind: 'strong', text: 'ting' },
        ],
      ],
    },
    {
      kind: 'steps',
      items: [
        [{ kind: 'text', text: 'først' }],
        [
          { kind: 'text', text: 'så eit ' },
          { kind: 'term', text: 'ord', term: 'ambidekstral' },
        ],
      ],
    },
    { kind: 'quote', text: 'Ei setning.' },
    {
      kind: 'note',
      tone: 'small',
      heading: 'For små kommunar',
      blocks: [
        { kind: 'paragraph', inlines: [{ kind: 'text', text: 'De er få og nære.' }] },
        { kind: 'list', items: [[{ kind: 'text', text: 'kvarandre' }]] },
      ],
    },
    { kind: 'drawing', svg: '<svg/>', caption: 'Bussen' },
  ])
})

test('a note may begin with a form, and may have its heading alone', () => {
  const { blocks, problems } = readText(
    '> [!note] Hugs\n> **dette** no\n\n> [!large] Berre dette\n',
  )
  expect(problems).toEqual([])
  expect(blocks).toEqual([
    {
      kind: 'note',
      tone: 'note',
      heading: 'Hugs',
      blocks: [
        {
          kind: 'paragraph',
          inlines: [
            { kind: 'strong', text: 'dette' },
            { kind: 'text', text: ' no' },
          ],
        },
      ],
    },
    { kind: 'note', tone: 'large', heading: 'Berre dette', blocks: [] },
  ])
})

test.each([
  ['a first-level heading', '# Tittel', 'text-heading-level'],
  ['a heading of level four', '#### Tittel', 'text-heading-level'],
  ['a first-level heading by underlining', 'Tittel\n===', 'text-heading-level'],
  ['front matter', '---\n\ntekst', 'text-form'],
  ['a block of HTML', '<script>alert(1)</script>', 'text-form'],
  ['HTML within a line', 'a <b onclick="x()"> b', 'text-form'],
  ['a comment', '<!-- skjult -->', 'text-form'],
  ['a code block', '```\nkode\n```', 'text-form'],
  ['code', 'a `kode` b', 'text-form'],
  ['emphasis', 'a *lett* b', 'text-form'],
  ['a hard line break', 'a  \nb', 'text-form'],
  ['a link that runs a script', '[a](javascript:alert(1))', 'text-link'],
  ['a link without encryption', '[a](http://ks.no)', 'text-link'],
  ['a link within the site', '[a](/modul)', 'text-link'],
  ['a link with a form in it', '[**a**](https://ks.no)', 'text-nested'],
  ['a link definition', '[a]: https://ks.no', 'text-form'],
  ['an image from elsewhere', '![a](https://ks.no/a.png)', 'text-image'],
  ['an image as data', '![a](data:image/svg+xml,x)', 'text-image'],
  ['a drawing that does not exist', '![a](drawing:fly)', 'text-drawing-unknown'],
  ['a drawing without a caption', '![](drawing:bus)', 'text-caption-missing'],
  ['a drawing within a line', 'sjå ![a](drawing:bus)', 'text-image-inline'],
  ['a term that the glossary lacks', '[a](term:ukjend)', 'id-unknown'],
  ['a list within a list', '- a\n  - b', 'text-nested'],
  ['a heading within a quote', '> ## a', 'text-form'],
  ['a quote of two paragraphs', '> a\n>\n> b', 'text-nested'],
  ['a note of an unknown kind', '> [!warning] a\n> b', 'text-note-kind'],
  ['a note without a heading', '> [!note]\n> b', 'text-note-heading'],
  ['a note with a form in its heading', '> [!note] a **b**', 'text-nested'],
  ['a drawing within a note', '> [!note] a\n>\n> ![a](drawing:bus)', 'text-image-inline'],
])('%s is refused, with its line', (_, markdown, code) => {
  const { problems } = readText(`Lede.\n\n${markdown}\n`)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^[345] ${code}$`))
})
