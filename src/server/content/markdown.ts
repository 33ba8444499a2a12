import type { Blockquote, List, Paragraph, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Block, Inline } from '../../shared/domain/article.ts'
import type { Place, Problems } from './problem.ts'

/** What a text may point at. A drawing that exists but is refused elsewhere is an empty string. */
export interface TextSources {
  svgByDrawing: ReadonlyMap<string, string>
  /** Null when the glossary could not be read: then no term is called unknown. */
  terms: ReadonlySet<string> | null
  glossaryFile: string
}

/** A heading, drawing or term: both languages have the same ones in the same order. */
export interface Landmark {
  sign: string
  line: number
}
export interface Text {
  blocks: Block[]
  landmarks: Landmark[]
}

type Paragraphs = Extract<Block, { kind: 'note' }>['blocks'][number]

/** Markdown in the forms of docs/content-packages.md, and no other. */
export const readMarkdown = (
  file: string,
  markdown: string,
  sources: TextSources,
  problems: Problems,
): Text => {
  const landmarks: Landmark[] = []
  const placeOf = (node: { position?: { start: { line: number } } | undefined }): Place => ({
    file,
    line: node.position?.start.line ?? 1,
  })
  const mark = (sign: string, place: Place) => landmarks.push({ sign, line: place.line })

  const readBlock = (node: RootContent): Block[] => {
    const place = placeOf(node)
    switch (node.type) {
      case 'heading': {
        const { depth } = node
        if (depth !== 2 && depth !== 3) {
          problems.add(place, 'text-heading-level', { level: depth })
          return []
        }
        mark(`a heading of level ${depth}`, place)
        return [{ kind: 'heading', level: depth, text: plain(node.children, 'a heading') }]
      }
      case 'paragraph':
        return node.children.some((child) => child.type === 'image')
          ? readDrawing(node)
          : [readParagraph(node)]
      case 'list':
        return [readList(node)]
      case 'blockquote':
        return readQuote(node)
      default:
        problems.add(place, 'text-form', { form: formNames[node.type] ?? node.type })
        return []
    }
  }

  const readParagraph = (node: Paragraph): Extract<Paragraphs, { kind: 'paragraph' }> => ({
    kind: 'paragraph',
    inlines: readInlines(node.children),
  })

  const readList = (node: List): Paragraphs => ({
    kind: node.ordered ? 'steps' : 'list',
    items: node.children.map((item) =>
      item.children.flatMap((child, index) => {
        if (child.type === 'paragraph' && index === 0) return readInlines(child.children)
        const form = formNames[child.type] ?? child.type
        problems.add(placeOf(child), 'text-nested', { form, within: 'a list' })
        return []
      }),
    ),
  })

  const readQuote = (node: Blockquote): Block[] => {
    const [first, ...rest] = node.children
    const start = first?.type === 'paragraph' ? first.children[0] : undefined
    const [, tone, heading = '', newline, body = ''] =
      /^\[!(\w*)\][ \t]*([^\n]*)(\n?)([\s\S]*)$/.exec(start?.type === 'text' ? start.value : '') ??
      []
    if (tone !== undefined && first?.type === 'paragraph') {
      const place = placeOf(node)
      if (tone !== 'note' && tone !== 'small' && tone !== 'large') {
        problems.add(place, 'text-note-kind', { tone })
        return []
      }
      if (heading.trim() === '') problems.add(place, 'text-note-heading', { tone })
      const second = first.children[1]
      if (!newline && second) {
        const form = formNames[second.type] ?? second.type
        problems.add(place, 'text-nested', { form, within: 'the heading of a note' })
        return []
      }
      mark(`a note [!${tone}]`, place)
      const opening = readInlines([{ type: 'text', value: body }, ...first.children.slice(1)])
      return [
        {
          kind: 'note',
          tone,
          heading: heading.trim(),
          blocks: [
            ...(opening.length > 0 ? [{ kind: 'paragraph' as const, inlines: opening }] : []),
            ...rest.flatMap((child) => readWithinNote(child)),
          ],
        },
      ]
    }
    for (const child of rest) {
      const form = formNames[child.type] ?? child.type
      problems.add(placeOf(child), 'text-nested', { form, within: 'a quote' })
    }
    if (first?.type === 'paragraph') {
      return [{ kind: 'quote', text: plain(first.children, 'a quote') }]
    }
    problems.add(placeOf(node), 'text-form', { form: 'a quote without a sentence' })
    return []
  }

  const readWithinNote = (node: RootContent): Paragraphs[] => {
    if (node.type === 'paragraph') return [readParagraph(node)]
    if (node.type === 'list') return [readList(node)]
    const form = formNames[node.type] ?? node.type
    problems.add(placeOf(node), 'text-nested', { form, within: 'a note' })
    return []
  }

  const readDrawing = (node: Paragraph): Block[] => {
    const [image, more] = node.children
    const place = placeOf(node)
    if (image?.type !== 'image' || more) {
      problems.add(place, 'text-image-inline')
      return []
    }
    if (!image.url.startsWith('drawing:')) {
      problems.add(place, 'text-image', { href: image.url })
      return []
    }
    const name = image.url.slice('drawing:'.length)
    const svg = sources.svgByDrawing.get(name)
    mark(`the drawing ${name}`, place)
    if (svg === undefined) problems.add(place, 'text-drawing-unknown', { name })
    if (!image.alt) problems.add(place, 'text-caption-missing')
    return [{ kind: 'drawing', svg: svg ?? '', caption: image.alt ?? '' }]
  }

  const readInlines = (nodes: PhrasingContent[]): Inline[] =>
    nodes.flatMap((node): Inline[] => {
      if (node.type === 'text') {
        const text = oneLine(node.value)
        return text === '' ? [] : [{ kind: 'text', text }]
      }
      if (node.type === 'strong') {
        return [{ kind: 'strong', text: plain(node.children, 'strong text') }]
      }
      if (node.type === 'link')
        return readLink(node.url, plain(node.children, 'a link'), placeOf(node))
      const form = formNames[node.type] ?? node.type
      if (node.type === 'image') problems.add(placeOf(node), 'text-image-inline')
      else problems.add(placeOf(node), 'text-form', { form })
      return []
    })

  const readLink = (href: string, text: string, place: Place): Inline[] => {
    if (href.startsWith('https://')) return [{ kind: 'link', text, href }]
    if (!href.startsWith('term:')) {
      problems.add(place, 'text-link', { href })
      return []
    }
    const term = href.slice('term:'.length)
    mark(`the term ${term}`, place)
    if (sources.terms && !sources.terms.has(term)) {
      const file = sources.glossaryFile
      problems.add(place, 'id-unknown', { id: term, kind: 'glossary terms', file })
    }
    return [{ kind: 'term', text, term }]
  }

  /** Text without any form in it. */
  const plain = (nodes: PhrasingContent[], within: string): string =>
    nodes
      .map((node) => {
        if (node.type === 'text') return oneLine(node.value)
        const form = formNames[node.type] ?? node.type
        problems.add(placeOf(node), 'text-nested', { form, within })
        return ''
      })
      .join('')

  const blocks = fromMarkdown(markdown).children.flatMap(readBlock)
  return { blocks, landmarks }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')

const formNames: Partial<Record<string, string>> = {
  blockquote: 'a quote',
  break: 'a line break',
  code: 'a code block',
  definition: 'a link definition',
  emphasis: 'emphasis (*…*)',
  heading: 'a heading',
  html: 'HTML',
  image: 'a drawing',
  imageReference: 'an image by reference',
  inlineCode: 'code',
  link: 'a link',
  linkReference: 'a link by reference',
  list: 'a list',
  paragraph: 'a second paragraph',
  strong: 'strong text',
  thematicBreak: 'a rule (---)',
}
