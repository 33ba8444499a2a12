import { paperTextsIn, writerIn } from './paper-texts.ts'
import type { SheetPaper } from './sheet-paper.ts'

/**
 * A group's document for spreadsheet programs: UTF-8 with BOM, semicolons, one line for each answer or cell. What a program would take for
 * a formula is marked as text. https://owasp.org/www-community/attacks/CSV_Injection
 */
export const sheetCsv = (paper: SheetPaper): Uint8Array => {
  const t = paperTextsIn(paper.language)
  const lines: string[][] = [
    [t('question'), t('row'), t('column'), t('writer'), t('isAgreed'), t('answer')],
  ]
  for (const { question, answer } of paper.questions) {
    const asked = question ?? t('withdrawn')
    const add = (
      writer: string,
      text: string,
      more: { row?: number; column?: string } = {},
      agreed = false,
    ) =>
      lines.push([
        asked,
        more.row ? `${more.row}` : '',
        more.column ?? '',
        writer,
        agreed ? '1' : '',
        text,
      ])
    switch (answer.kind) {
      case 'texts':
        for (const { writer, text } of answer.agreed) add(writerIn(t, writer), text, {}, true)
        for (const { writer, text } of answer.texts) add(writerIn(t, writer), text)
        break
      case 'choices':
        for (const { writer, chosen } of answer.choices) {
          for (const [index, text] of chosen.entries())
            add(writerIn(t, writer), text, answer.ordered ? { row: index + 1 } : {})
        }
        break
      case 'table':
        for (const [row, cells] of answer.rows.entries()) {
          for (const [column, texts] of cells.entries()) {
            for (const { writer, text } of texts)
              add(writer ? writerIn(t, writer) : '', text, {
                row: row + 1,
                column: answer.columns[column] ?? '',
              })
          }
        }
    }
  }
  return new TextEncoder().encode(
    `\ufeff${lines.map((line) => line.map(cell).join(';')).join('\r\n')}\r\n`,
  )
}

const cell = (text: string): string => {
  const safe = /^\s*[=+\-@\t]/.test(text) ? `'${text}` : text
  return /["; \r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
