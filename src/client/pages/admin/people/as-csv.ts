/**
 * Rows for a spreadsheet: UTF-8 with the mark by which Excel knows it, `;` between cells. A cell that a spreadsheet would take for a
 * formula stands behind an apostrophe: names are written by others.
 */
export const asCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((cells) => `${cells.map(asCell).join(';')}\r\n`).join('')}`

const asCell = (text: string): string => {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
