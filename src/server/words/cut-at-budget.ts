import { historyBudget } from '../../shared/protocol/history.ts'

/** Rows in one answer, besides its bytes. */
export const mostRows = 5000

/** How many of these rows, from the beginning, fit one answer; one at least. */
export const cutAtBudget = (sizes: readonly { size: number }[]): number => {
  let bytes = 0
  for (const [index, { size }] of sizes.entries()) {
    bytes += size
    if (index > 0 && (bytes > historyBudget || index >= mostRows)) return index
  }
  return sizes.length
}
