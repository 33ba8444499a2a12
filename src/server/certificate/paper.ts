import PDFDocument from 'pdfkit'
import type { IssuedCertificate } from '../../shared/domain/certificate.ts'
import type { Language } from '../../shared/domain/languages.ts'
import type { LocalText } from '../../shared/domain/text.ts'
import { collect } from '../pdf/collect.ts'
import { fonts } from '../pdf/fonts.ts'
import { colours, drawCrossing, drawLogo, fjordFoot, sheetWidth } from './paper-drawing.ts'
import { dayInWords, hoursIn, type PaperTexts, paperTextsIn } from './paper-texts.ts'

type Sheet = PDFKit.PDFDocument

const margin = 56
const textWidth = sheetWidth - 2 * margin

export interface Paper {
  certificate: IssuedCertificate
  language: Language
  /** Where anybody sees whether it is true, without `https://`. */
  checkedAt: string
}

/**
 * A certificate as PDF: one sheet of A4, tagged (PDF/UA), in one language. The same certificate gives the same bytes. Letters
 * outside the Latin alphabet are shown as boxes.
 */
export const certificatePaper = async ({
  certificate,
  language,
  checkedAt,
}: Paper): Promise<Uint8Array> => {
  const t = paperTextsIn(language)
  const { name, network } = certificate.body
  const title = t('paperFile', { name })
  const sheet = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    // The types do not know it yet.
    subset: 'PDF/UA' as 'PDF/A-2a',
    tagged: true,
    displayTitle: true,
    lang: language,
    font: fonts.regular,
    // The file's id is made of these: a fixed time, not the one of the request.
    info: {
      Title: title,
      Author: network,
      Creator: 'Løft',
      CreationDate: new Date(`${certificate.issuedOn}T12:00Z`),
    },
  })
  const bytes = collect(sheet)
  const document = sheet.struct('Document', { title })
  sheet.addStructure(document)
  asOrnament(sheet, () => drawCrossing(sheet))
  // PDF/UA asks where a figure is; the types do not know that either.
  const figure = { alt: 'Løft', bbox: [margin - 2, 48, margin + 86, 88] }
  const logo = sheet.struct('Figure', figure, () => drawLogo(sheet, margin - 2, 48, 1.3))
  document.add(logo)
  writeHead(sheet, document, certificate, t, language)
  writeLists(sheet, document, certificate, t, language)
  writeFoot(sheet, document, certificate, t, checkedAt)
  document.end()
  sheet.end()
  return bytes
}

type Part = PDFKit.PDFStructureElement

/** Nothing that a screen reader should tell of. */
const asOrnament = (sheet: Sheet, draw: () => void): void => {
  sheet.markContent('Artifact', { type: 'Layout' })
  draw()
  sheet.endMarkedContent()
}

interface Line {
  tag: 'H1' | 'H2' | 'P'
  text: string
  size: number
  weight?: keyof typeof fonts
  colour?: string
  x?: number
  y: number
  width?: number
  align?: 'left' | 'right'
}

/** Writes a paragraph and returns where the next one may begin. */
const write = (sheet: Sheet, into: Part, line: Line): number => {
  const { tag, text, size, weight = 'regular', colour = colours.ink, y } = line
  const { x = margin, width = textWidth, align = 'left' } = line
  into.add(
    sheet.struct(tag, {}, () => {
      sheet.font(fonts[weight], size).fillColor(colour)
      sheet.text(text, x, y, { width, align, lineGap: size * 0.18, ...spacing(size) })
    }),
  )
  return sheet.y
}

/** Large type stands a little closer, as on the page. */
const spacing = (size: number) => (size > 16 ? { characterSpacing: -size * 0.018 } : {})

const writeHead = (
  sheet: Sheet,
  into: Part,
  { body, issuedOn }: IssuedCertificate,
  t: PaperTexts,
  language: Language,
): void => {
  const { name, municipality, programme, cohort, network, from } = body
  const small = { size: 12, colour: colours.ink2 }
  let y = write(sheet, into, {
    ...{ tag: 'H1', text: t('paperTitle'), size: 13, weight: 'semibold' },
    ...{ colour: colours.ink2, y: fjordFoot + 34 },
  })
  const size = sizeFor(sheet, name)
  y = write(sheet, into, { tag: 'P', text: name, size, weight: 'semibold', y: y + 6 })
  // A role may have the municipality's name in it already.
  if (municipality && !name.includes(municipality)) {
    y = write(sheet, into, {
      tag: 'P',
      text: t('paperMunicipality', { municipality }),
      ...small,
      y,
    })
  }
  y = write(sheet, into, { tag: 'P', text: t('paperHas'), ...small, y: y + 12 })
  y = write(sheet, into, {
    ...{ tag: 'P', text: programme[language], size: 20, weight: 'semibold', y: y + 2 },
  })
  const days = from && t('paperDays', { from: dayInWords(from), to: dayInWords(issuedOn) })
  y = write(sheet, into, {
    tag: 'P',
    text: t('paperCohort', { cohort, network }),
    ...small,
    y: y + 2,
  })
  if (days) write(sheet, into, { tag: 'P', text: days, ...small, y })
}

/** As large as the name fits on one line, down to where it may take two; a very long one is smaller still. */
const sizeFor = (sheet: Sheet, name: string): number => {
  sheet.font(fonts.semibold)
  const lines = (size: number): number =>
    sheet.fontSize(size).widthOfString(name, spacing(size)) / textWidth
  for (let size = 38; size > 24; size--) if (lines(size) <= 1) return size
  return lines(24) <= 1.8 ? 24 : 15
}

const writeLists = (
  sheet: Sheet,
  into: Part,
  { body }: IssuedCertificate,
  t: PaperTexts,
  language: Language,
): void => {
  const { ownMinutes, gatheringMinutes, modules, abilities } = body
  const top = 566
  const left = { x: margin, width: 158 }
  rule(sheet, top - 16)
  let y = write(sheet, into, {
    ...{ tag: 'P', text: hoursIn(t, ownMinutes + gatheringMinutes), ...left },
    ...{ size: 20, weight: 'semibold', y: top },
  })
  for (const [key, minutes] of [
    ['paperOwn', ownMinutes],
    ['paperGatherings', gatheringMinutes],
  ] as const) {
    if (minutes === 0) continue
    const text = t(key, { hours: hoursIn(t, minutes) })
    y = write(sheet, into, { tag: 'P', text, size: 10, colour: colours.ink2, y, ...left })
  }
  const foot = footTop - 10
  const names = (of: readonly LocalText[]): string[] => of.map((one) => one[language])
  writeList(sheet, into, {
    ...{ title: t('paperModules'), entries: names(modules), columns: 1 },
    ...{ ...left, y: y + 12, foot },
  })
  const x = left.x + left.width + 16
  writeList(sheet, into, {
    ...{ title: t('paperAbilities'), entries: names(abilities), columns: 2 },
    ...{ x, width: margin + textWidth - x, y: top + 5, foot },
  })
}

interface List {
  title: string
  entries: string[]
  columns: number
  x: number
  width: number
  y: number
  /** Below which nothing may stand. */
  foot: number
}

const writeList = (sheet: Sheet, into: Part, list: List): void => {
  const { title, entries, columns, x, width, y, foot } = list
  if (entries.length === 0) return
  const top =
    2 + write(sheet, into, { tag: 'H2', text: title, size: 10, weight: 'semibold', x, y, width })
  const rows = Math.ceil(entries.length / columns)
  const size = Math.min(10, (foot - top) / rows / 1.45)
  const part = sheet.struct('L')
  into.add(part)
  for (const [at, entry] of entries.entries()) {
    const item = sheet.struct('LI')
    part.add(item)
    const column = { x: x + (Math.floor(at / rows) * width) / columns, width: width / columns - 8 }
    item.add(
      sheet.struct('LBody', {}, () => {
        sheet.font(fonts.regular, size).fillColor(colours.ink)
        const place = { width: column.width, height: size * 1.3, ellipsis: true }
        sheet.text(entry, column.x, top + (at % rows) * size * 1.45, place)
      }),
    )
    item.end()
  }
  part.end()
}

const footTop = 744

const writeFoot = (
  sheet: Sheet,
  into: Part,
  { code, issuedOn }: IssuedCertificate,
  t: PaperTexts,
  checkedAt: string,
): void => {
  rule(sheet, footTop)
  const small = { size: 8.2, colour: colours.ink2 }
  const left = 190
  let y = write(sheet, into, {
    ...{ tag: 'P', text: t('paperIssued', { day: dayInWords(issuedOn) }), size: 10 },
    ...{ weight: 'semibold', y: footTop + 12, width: left },
  })
  write(sheet, into, { tag: 'P', text: t('paperNote'), ...small, y, width: left })
  const right = { x: margin + left + 32, width: textWidth - left - 32 }
  y = write(sheet, into, {
    ...{ tag: 'P', text: t('paperCheck'), size: 10, weight: 'semibold' },
    ...{ ...right, y: footTop + 12 },
  })
  y = write(sheet, into, { tag: 'P', text: checkedAt, ...small, ...right, y })
  write(sheet, into, { tag: 'P', text: t('paperCode', { code }), ...small, ...right, y })
}

const rule = (sheet: Sheet, y: number): void =>
  asOrnament(sheet, () => {
    sheet.lineWidth(0.7).strokeColor(colours.rule)
    sheet.path(`M${margin} ${y}H${sheetWidth - margin}`).stroke()
  })
