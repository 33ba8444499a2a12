import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { isUnanswered, type PaperAnswer, type PaperText } from '../../shared/domain/paper.ts'
import { factsOf } from './facts.ts'
import { type PaperTexts, paperTextsIn, writerIn } from './paper-texts.ts'
import type { SheetPaper } from './sheet-paper.ts'

// Colours of src/client/styles/tokens.css; sizes in half points, lengths in twentieths of a point.
const [ink, quiet, deep, rule, shade] = ['0B2930', '456068', '0F4552', 'CCD8D8', 'E9F0F0']
const a4 = { width: 11906, height: 16838 }
const margin = 1134

/**
 * A group's document for Word: real headings and tables, the head row repeated on each page, the language and the metadata that a case
 * archive reads. No images, so nothing needs an alternative text.
 */
export const sheetDocx = async (paper: SheetPaper): Promise<Uint8Array> => {
  const t = paperTextsIn(paper.language)
  const width = (paper.lying ? a4.height : a4.width) - 2 * margin
  const document = new Document({
    title: paper.title,
    subject: paper.programme,
    creator: paper.group,
    lastModifiedBy: paper.group,
    keywords: [paper.cohort, paper.municipality, paper.module].filter(Boolean).join(', '),
    description: t('madeIn'),
    styles: stylesIn(paper.language === 'nn' ? 'nn-NO' : 'nb-NO'),
    sections: [
      {
        properties: {
          page: {
            size: {
              ...a4,
              orientation: paper.lying ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: margin, bottom: margin, left: margin, right: margin },
          },
        },
        footers: { default: foot(paper, t) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: paper.title }),
          ...(paper.summary ? [new Paragraph({ text: paper.summary, style: 'Lede' })] : []),
          ...factsOf(paper, t).map(
            ([name, value]) =>
              new Paragraph({
                style: 'Fact',
                children: [new TextRun({ text: `${name}: `, bold: true }), new TextRun(value)],
              }),
          ),
          ...paper.questions.flatMap(({ question, hint, answer }) => [
            new Paragraph({
              heading: HeadingLevel.HEADING_1,
              text: question ?? t('withdrawn'),
              keepNext: true,
            }),
            ...(hint ? [new Paragraph({ text: hint, style: 'Hint', keepNext: true })] : []),
            ...answered(answer, t, width),
          ]),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

const answered = (answer: PaperAnswer, t: PaperTexts, width: number): (Paragraph | Table)[] => {
  if (isUnanswered(answer)) return [new Paragraph({ text: t('unanswered'), style: 'Hint' })]
  switch (answer.kind) {
    case 'texts':
      return [
        ...(answer.agreed.length > 0
          ? [
              new Paragraph({ heading: HeadingLevel.HEADING_2, text: t('agreed'), keepNext: true }),
              ...answer.agreed.flatMap((one) => textBlock(one, t)),
            ]
          : []),
        ...(answer.agreed.length > 0 && answer.texts.length > 0
          ? [new Paragraph({ heading: HeadingLevel.HEADING_2, text: t('answers'), keepNext: true })]
          : []),
        ...answer.texts.flatMap((one) => textBlock(one, t)),
      ]
    case 'choices':
      return answer.choices.flatMap(({ writer, chosen }) => [
        new Paragraph({ text: writerIn(t, writer), style: 'Writer', keepNext: true }),
        ...chosen.map(
          (text, index) =>
            new Paragraph({
              style: 'Block',
              text: answer.ordered ? `${index + 1}. ${text}` : `• ${text}`,
            }),
        ),
      ])
    case 'table':
      return [tableOf(answer, t, width)]
  }
}

const textBlock = ({ writer, text }: PaperText, t: PaperTexts): Paragraph[] => [
  new Paragraph({ text: writerIn(t, writer), style: 'Writer', keepNext: true }),
  new Paragraph({ children: lines(text), style: 'Block' }),
]

/** A line's end stays one. */
const lines = (text: string, more: { bold?: boolean } = {}): ParagraphChild[] =>
  printable(text)
    .split(/\r\n|\n|\r/)
    .map((line, index) => new TextRun({ text: line, ...more, ...(index > 0 && { break: 1 }) }))

/** XML holds no other control characters; a file with one opens nowhere. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').toWellFormed()

const tableOf = (
  { columns, rows }: PaperAnswer & { kind: 'table' },
  t: PaperTexts,
  width: number,
): Table => {
  const share = Math.floor(width / Math.max(1, columns.length))
  const edge = { style: BorderStyle.SINGLE, size: 4, color: rule }
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const cell = (children: Paragraph[], isHead: boolean) =>
    new TableCell({
      children,
      width: { size: share, type: WidthType.DXA },
      margins: { top: 70, bottom: 70, left: 90, right: 90 },
      ...(isHead && { shading: { type: ShadingType.CLEAR, fill: shade, color: 'auto' } }),
    })
  return new Table({
    width: { size: share * columns.length, type: WidthType.DXA },
    columnWidths: columns.map(() => share),
    layout: TableLayoutType.FIXED,
    borders: {
      top: edge,
      bottom: edge,
      left: none,
      right: none,
      insideHorizontal: edge,
      insideVertical: none,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((label) =>
          cell([new Paragraph({ style: 'Cell', children: lines(label, { bold: true }) })], true),
        ),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            children: row.map((texts) =>
              cell(
                texts.length > 0
                  ? texts.flatMap((one) => cellBlock(one, t))
                  : [new Paragraph({ style: 'Cell' })],
                false,
              ),
            ),
          }),
      ),
    ],
  })
}

const cellBlock = ({ writer, text }: PaperText, t: PaperTexts): Paragraph[] => [
  new Paragraph({ style: 'Cell', children: lines(text) }),
  ...(writer ? [new Paragraph({ style: 'CellWriter', text: writerIn(t, writer) })] : []),
]

const foot = ({ group, title }: SheetPaper, t: PaperTexts): Footer => {
  const [before = '', between = '', after = ''] = t('page', {
    page: '\u0000',
    pages: '\u0000',
  }).split('\u0000')
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.LEFT,
        style: 'Foot',
        children: [
          new TextRun({
            children: [
              `${printable(title)} · ${printable(group)} · `,
              before,
              PageNumber.CURRENT,
              between,
              PageNumber.TOTAL_PAGES,
              after,
            ],
          }),
        ],
      }),
    ],
  })
}

const stylesIn = (language: string) => {
  const own = (id: string, run: object, spacing: object, indent = 0) => ({
    id,
    name: id,
    basedOn: 'Normal',
    next: 'Normal',
    quickFormat: true,
    run,
    paragraph: { spacing, ...(indent > 0 && { indent: { left: indent } }) },
  })
  return {
    default: {
      document: {
        run: { font: 'Calibri', size: 22, color: ink, language: { value: language } },
        paragraph: { spacing: { line: 276 } },
      },
      title: {
        run: { size: 48, bold: true, color: deep },
        paragraph: { spacing: { after: 80 } },
      },
      heading1: {
        run: { size: 28, bold: true, color: deep },
        paragraph: { spacing: { before: 360, after: 60 } },
      },
      heading2: {
        run: { size: 23, bold: true, color: ink },
        paragraph: { spacing: { before: 160, after: 40 } },
      },
    },
    paragraphStyles: [
      own('Lede', { size: 24, color: quiet }, { after: 200 }),
      own('Fact', { size: 20, color: quiet }, { after: 0 }),
      own('Hint', { color: quiet, italics: true }, { after: 80 }),
      own('Writer', { bold: true, size: 20, color: quiet }, { before: 120, after: 0 }, 240),
      own('Block', {}, { after: 80 }, 240),
      own('Cell', { size: 20 }, { after: 0 }),
      own('CellWriter', { size: 17, color: quiet, italics: true }, { after: 60 }),
      own('Foot', { size: 17, color: quiet }, { after: 0 }),
    ],
  }
}
