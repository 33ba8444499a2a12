import PDFDocument from 'pdfkit'
import { isUnanswered, type PaperAnswer, type PaperText } from '../../shared/domain/paper.ts'
import { collect } from '../pdf/collect.ts'
import { fonts } from '../pdf/fonts.ts'
import { factsOf } from './facts.ts'
import { type PaperTexts, paperTextsIn, writerIn } from './paper-texts.ts'
import type { SheetPaper } from './sheet-paper.ts'

type Sheet = PDFKit.PDFDocument
type Part = PDFKit.PDFStructureElement

/** The light colours of src/client/styles/tokens.css. */
const colours = {
  ink: '#0b2930',
  quiet: '#456068',
  deep: '#0f4552',
  rule: '#ccd8d8',
  shade: '#e9f0f0',
} as const
const margin = 56
const indent = 14
const footRoom = 40
const padding = 5

/**
 * A group's document as PDF/A-2a, which archives ask for: tagged, with its language, metadata and bookmarks. Letters outside the
 * Latin alphabet are shown as boxes; the Word file has them.
 */
export const sheetPdf = (paper: SheetPaper): Promise<Uint8Array> => {
  const t = paperTextsIn(paper.language)
  const sheet = new PDFDocument({
    size: 'A4',
    layout: paper.lying ? 'landscape' : 'portrait',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footRoom },
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    displayTitle: true,
    lang: paper.language === 'nn' ? 'nn-NO' : 'nb-NO',
    font: fonts.regular,
    bufferPages: true, // the foot says how many pages there are
    info: {
      Title: paper.title,
      Author: paper.group,
      Subject: paper.programme,
      Keywords: [paper.cohort, paper.municipality, paper.module].filter(Boolean).join(', '),
      Creator: 'Løft',
      CreationDate: new Date(paper.at),
    },
  })
  const bytes = collect(sheet)
  const document = sheet.struct('Document', { title: paper.title })
  sheet.addStructure(document)
  write(sheet, document, {
    tag: 'H1',
    text: paper.title,
    size: 24,
    bold: true,
    colour: colours.deep,
  })
  if (paper.summary)
    write(sheet, document, { tag: 'P', text: paper.summary, size: 11.5, colour: colours.quiet })
  for (const [name, value] of factsOf(paper, t))
    write(sheet, document, {
      tag: 'P',
      text: `${name}: ${value}`,
      size: 9.5,
      colour: colours.quiet,
      gap: 0,
    })
  for (const { question, hint, answer } of paper.questions) {
    const asked = question ?? t('withdrawn')
    keepTogether(sheet, 90)
    sheet.moveDown(1)
    sheet.outline.addItem(asked)
    write(sheet, document, { tag: 'H2', text: asked, size: 14, bold: true, colour: colours.deep })
    if (hint) write(sheet, document, { tag: 'P', text: hint, size: 9.5, colour: colours.quiet })
    writeAnswer(sheet, document, answer, t)
  }
  document.end()
  writeFeet(sheet, paper, t)
  sheet.end()
  return bytes
}

/** A heading is not left alone at the end of a page. */
const keepTogether = (sheet: Sheet, height: number): void => {
  if (sheet.y + height > sheet.page.height - margin - footRoom) sheet.addPage()
}

interface Line {
  tag: 'H1' | 'H2' | 'H3' | 'P'
  text: string
  size: number
  bold?: boolean
  colour?: string
  inset?: number
  gap?: number
}

const write = (
  sheet: Sheet,
  into: Part,
  { tag, text, size, bold = false, colour = colours.ink, inset = 0, gap = 4 }: Line,
): void => {
  into.add(
    sheet.struct(tag, {}, () => {
      sheet.font(bold ? fonts.semibold : fonts.regular, size).fillColor(colour)
      const width = sheet.page.width - 2 * margin - inset
      sheet.text(printable(text), margin + inset, sheet.y, { width, lineGap: size * 0.22 })
    }),
  )
  sheet.y += gap
}

/** Control characters would be drawn as boxes; a run of letters without end takes the library minutes to break. */
const printable = (text: string): string =>
  text
    .replaceAll('\t', ' ')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .replaceAll(endless, '$&\n')
const endless = /\S{60}(?=\S)/gu

const writeAnswer = (sheet: Sheet, into: Part, answer: PaperAnswer, t: PaperTexts): void => {
  if (isUnanswered(answer)) {
    write(sheet, into, { tag: 'P', text: t('unanswered'), size: 10.5, colour: colours.quiet })
    return
  }
  switch (answer.kind) {
    case 'texts':
      if (answer.agreed.length > 0) {
        keepTogether(sheet, 50)
        write(sheet, into, { tag: 'H3', text: t('agreed'), size: 11, bold: true })
      }
      for (const one of answer.agreed) writeText(sheet, into, one, t)
      if (answer.agreed.length > 0 && answer.texts.length > 0) {
        keepTogether(sheet, 50)
        write(sheet, into, { tag: 'H3', text: t('answers'), size: 11, bold: true })
      }
      for (const one of answer.texts) writeText(sheet, into, one, t)
      return
    case 'choices':
      for (const { writer, chosen } of answer.choices) {
        const list = chosen.map((text, at) => (answer.ordered ? `${at + 1}. ${text}` : `• ${text}`))
        writeText(sheet, into, { writer, text: list.join('\n') }, t)
      }
      return
    case 'table':
      writeTable(sheet, into, answer, t)
  }
}

const writeText = (sheet: Sheet, into: Part, { writer, text }: PaperText, t: PaperTexts): void => {
  keepTogether(sheet, 34)
  write(sheet, into, {
    ...{ tag: 'P', text: writerIn(t, writer), size: 9, bold: true },
    ...{ colour: colours.quiet, inset: indent, gap: 0 },
  })
  write(sheet, into, { tag: 'P', text, size: 10.5, inset: indent, gap: 6 })
}

const writeTable = (
  sheet: Sheet,
  into: Part,
  { columns, rows }: PaperAnswer & { kind: 'table' },
  t: PaperTexts,
): void => {
  const cell = (texts: readonly PaperText[]): string =>
    texts
      .map(({ writer, text }) =>
        writer ? `${printable(text)}\n(${writerIn(t, writer)})` : printable(text),
      )
      .join('\n')
  const size = columns.length > 5 ? 8.5 : 9.5
  // The library cuts off a cell that is higher than what is left of a page: long rows stand under each other instead.
  const written = rows.map((row) => row.map(cell))
  const width = (sheet.page.width - 2 * margin) / columns.length - 2 * padding - 2
  sheet.font(fonts.regular, size)
  const heights = [columns, ...written].flatMap((row) =>
    row.map((text) => sheet.heightOfString(text, { width })),
  )
  const room = sheet.page.height - 2 * margin - footRoom
  if (columns.length === 0 || width < 40 || heights.some((height) => height > room * 0.4)) {
    writeRows(sheet, into, { columns, rows: written }, t)
    return
  }
  keepTogether(sheet, 60)
  const table = sheet.struct('Table')
  into.add(table)
  const border = { top: 0, left: 0, right: 0, bottom: 0.6 }
  sheet.font(fonts.regular, size).fillColor(colours.ink)
  sheet.x = margin
  sheet.y += 4
  const options = {
    structParent: table, // the types do not know it
    defaultStyle: { border, borderColor: colours.rule, padding, textColor: colours.ink },
    data: [
      columns.map((label) => ({
        type: 'TH' as const,
        text: label,
        font: { src: fonts.semibold, size },
        backgroundColor: colours.shade,
      })),
      ...rows.map((row) =>
        row.map((texts) => ({ text: cell(texts), font: { src: fonts.regular, size } })),
      ),
    ],
  }
  sheet.table(options)
  table.end()
  sheet.x = margin
  sheet.y += 6
}

const writeRows = (
  sheet: Sheet,
  into: Part,
  { columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] },
  t: PaperTexts,
): void => {
  for (const [index, row] of rows.entries()) {
    keepTogether(sheet, 60)
    write(sheet, into, { tag: 'H3', text: `${t('row')} ${index + 1}`, size: 11, bold: true })
    for (const [at, text] of row.entries()) {
      if (text === '') continue
      keepTogether(sheet, 34)
      write(sheet, into, {
        ...{ tag: 'P', text: columns[at] ?? '', size: 9, bold: true },
        ...{ colour: colours.quiet, inset: indent, gap: 0 },
      })
      write(sheet, into, { tag: 'P', text, size: 10.5, inset: indent, gap: 6 })
    }
  }
}

const writeFeet = (sheet: Sheet, { title, group }: SheetPaper, t: PaperTexts): void => {
  const { start, count } = sheet.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    sheet.switchToPage(start + page)
    sheet.markContent('Artifact', { type: 'Pagination' })
    sheet.font(fonts.regular, 8).fillColor(colours.quiet)
    // In the margin, where the library would begin a page for it.
    const { bottom } = sheet.page.margins
    sheet.page.margins.bottom = 0
    const y = sheet.page.height - margin + 4
    const width = sheet.page.width - 2 * margin
    const line = { width: width - 90, height: 12, ellipsis: true, lineBreak: false }
    sheet.text(printable(`${title} · ${group}`), margin, y, line)
    sheet.text(t('page', { page: page + 1, pages: count }), margin, y, { width, align: 'right' })
    sheet.page.margins.bottom = bottom
    sheet.endMarkedContent()
  }
}
