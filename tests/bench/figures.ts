/** One measured figure beside what it must keep to. */
export interface Figure {
  /** Its name in the last line. */
  key: string
  label: string
  unit: 'ms' | 'KB' | 'bytes' | 'MB' | 'MB/s' | ''
  value: number
  /** Of the same run; null where there is nothing to compare with. */
  limit: number | null
  /** What must hold; a figure without is told for what it is worth. */
  demand:
    | { atMost: number; of: 'limit' | 'value' }
    | { atLeast: number; of: 'limit' | 'value' }
    | { exactly: number }
    | null
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [below = 0, above = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? above : (below + above) / 2
}

export const ratioOf = ({ value, limit }: Figure): number | null =>
  limit === null || limit === 0 ? null : value / limit

/** Null where nothing is demanded. */
export const isMet = (figure: Figure): boolean | null => {
  const { demand, value } = figure
  if (demand === null) return null
  if ('exactly' in demand) return value === demand.exactly
  const judged = demand.of === 'limit' ? (ratioOf(figure) ?? Number.NaN) : value
  return 'atMost' in demand ? judged <= demand.atMost : judged >= demand.atLeast
}

/** The value at or below which this share of all lie. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}

/** `beside`: what stands in the column of the limit. */
export const table = (figures: readonly Figure[], beside = 'limit'): string => {
  const rows = figures.map((figure) => {
    const ratio = ratioOf(figure)
    const met = isMet(figure)
    return [
      figure.label,
      shown(figure.value, figure.unit),
      figure.limit === null ? '–' : shown(figure.limit, figure.unit),
      ratio === null ? '–' : ratio.toFixed(2),
      demandOf(figure),
      met === null ? '' : met ? 'met' : 'NOT MET',
    ]
  })
  const all = [['', 'Løft', beside, 'ratio', 'demanded', ''], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]): string =>
    row
      .map((cell, column) => {
        const width = widths?.[column] ?? 0
        return column === 0 || column === 5 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd()
  return all.map(line).join('\n')
}

/** Every ratio to the limit; the value itself where the demand is about it, or there is no limit. */
export const ratios = (figures: readonly Figure[]): Record<string, number> =>
  Object.fromEntries(
    figures.map((figure) => {
      const { demand, key, value } = figure
      const isAbsolute = demand !== null && !('of' in demand && demand.of === 'limit')
      return [key, Number((isAbsolute ? value : (ratioOf(figure) ?? value)).toFixed(3))]
    }),
  )

const demandOf = ({ demand }: Figure): string => {
  if (demand === null) return ''
  if ('exactly' in demand) return `= ${demand.exactly}`
  const bound = 'atMost' in demand ? `≤ ${demand.atMost}` : `≥ ${demand.atLeast}`
  return `${bound}${demand.of === 'limit' ? ' ×' : ''}`
}

const shown = (value: number, unit: Figure['unit']): string => {
  const digits = unit === '' || unit === 'bytes' || value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`
}
