import { mountains } from './mountains.ts'

type Sheet = PDFKit.PDFDocument

/** The light colours of src/client/styles/tokens.css. */
export const colours = {
  ink: '#0b2930',
  ink2: '#456068',
  rule: '#ccd8d8',
  deep: '#0f4552',
  lamp: '#f6b73c',
  sheet: '#ffffff',
} as const
const waters = ['#dceaeb', '#cbe0e3', '#b9d4d9'] as const
const hills = ['#eef3f2', '#e2ebea', '#f6f8f6'] as const
const outlines = ['#a9bbbe', '#6a848a', '#0b2930'] as const

export const sheetWidth = 595.28
const level = 226
/** Where the fjord ends and the paper begins. */
export const fjordFoot = 322

/** Løft written as one line; the path of src/client/components/logo.tsx. */
export const drawLogo = (sheet: Sheet, x: number, y: number, scale: number): void => {
  sheet.save().translate(x, y).scale(scale)
  sheet.lineWidth(3.4).lineCap('round').lineJoin('round').strokeColor(colours.ink)
  sheet.path('M2 4v21h9.5').stroke()
  sheet.circle(25, 17.5, 7.6).stroke()
  sheet.lineWidth(2.6)
  sheet.path('M16.5 27.5c5.5-3.5 8.5-8.5 10.5-12.5 2-4 3.5-7 7-8.5').stroke()
  sheet.lineWidth(3.4)
  sheet
    .path('M46.5 4.4c-4.6-1.3-6.7.9-6.7 4.6v16M36.5 12h9.3M56 6v13.8c0 4 2 5.7 6 4.8M52 12h9.5')
    .stroke()
  sheet.restore()
}

/** The fjord with the whole lane behind the ferry: every stop is done. */
export const drawCrossing = (sheet: Sheet): void => {
  sheet.save()
  for (const [index, { area, ridge, strokes }] of mountains.entries()) {
    sheet.path(area).fill(hills[index] ?? hills[0])
    sheet
      .lineWidth(0.8)
      .lineJoin('round')
      .lineCap('round')
      .strokeColor(outlines[index] ?? '#000')
    sheet.path(ridge).stroke()
    sheet.lineWidth(0.5).strokeOpacity(0.45).path(strokes).stroke().strokeOpacity(1)
  }
  const depths = [level, level + 14, level + 34]
  for (const [index, top] of depths.entries()) {
    const edge = index === 0 ? `0 ${top}H${sheetWidth}` : `0 ${wave(top)}`
    sheet.path(`M${edge}V${fjordFoot}H0Z`).fill(waters[index] ?? waters[0])
  }
  sheet.lineWidth(0.8).strokeColor(colours.ink).path(`M0 ${level}H${sheetWidth}`).stroke()
  drawLane(sheet)
  sheet.restore()
}

const wave = (y: number): string => {
  const part = sheetWidth / 4
  const bends = [0, 1, 2, 3].map((at) => `q${part / 2} ${at % 2 ? -6 : 6} ${part} 0`)
  return `${y}${bends.join('')}`
}

const lane = 'M56 280C110 262 130 300 178 294S262 264 318 270 402 304 452 290 500 272 522 274'
const stops = [
  { kind: 'home', x: 56, y: 280 },
  { kind: 'own', x: 178, y: 294 },
  { kind: 'gathering', x: 318, y: 270 },
  { kind: 'own', x: 434, y: 294 },
] as const

const drawLane = (sheet: Sheet): void => {
  sheet.lineCap('round').lineWidth(8).strokeColor(colours.sheet).strokeOpacity(0.7)
  sheet.path(lane).stroke()
  sheet.strokeOpacity(1).lineWidth(3).strokeColor(colours.deep).path(lane).stroke()
  for (const { kind, x, y } of stops) {
    sheet.lineWidth(1.6)
    if (kind === 'home') {
      sheet.path(`M${x - 11} ${y - 2}L${x} ${y - 13}L${x + 11} ${y - 2}V${y + 10}H${x - 11}Z`)
    } else if (kind === 'own') sheet.circle(x, y, 10)
    else sheet.roundedRect(x - 10, y - 10, 20, 20, 2)
    sheet.fillAndStroke(colours.deep, colours.sheet)
    sheet.lineWidth(2).strokeColor(colours.sheet)
    sheet.path(`M${x - 4.4} ${y + 0.6}l3 3.2 5.6-6.7`).stroke()
  }
  drawFerry(sheet, 528, 274, 2)
}

/** From above; the path of src/client/components/chart/ferry.tsx. */
const drawFerry = (sheet: Sheet, x: number, y: number, angle: number): void => {
  sheet.save().translate(x, y).rotate(angle).scale(0.86)
  sheet
    .path(
      'M-28 0C-26-6.5-19-10.5-11-10.5H11C19-10.5 26-6.5 28 0 26 6.5 19 10.5 11 10.5H-11C-19 10.5-26 6.5-28 0z',
    )
    .lineWidth(2)
    .fillAndStroke(colours.lamp, colours.ink)
  sheet.lineWidth(1.4).path('M-20-3.6h40M-20 3.6h40M-20-3.6v7.2M20-3.6v7.2').stroke(colours.ink)
  sheet.roundedRect(-6, -7.6, 12, 15.2, 2).fillAndStroke(colours.lamp, colours.ink)
  sheet.circle(0, 0, 2).stroke(colours.ink)
  sheet.restore()
}
