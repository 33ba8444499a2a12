/** The day on which the people of a run are erased, `yyyy-mm-dd`; null = they stay. */
export const erasureDay = (endsOn: string | null, keepMonths: number | null): string | null => {
  if (endsOn === null || keepMonths === null) return null
  const [year = 0, month = 1, day = 1] = endsOn.split('-').map(Number)
  const months = year * 12 + (month - 1) + keepMonths
  const [then, inYear] = [Math.floor(months / 12), months % 12]
  // The 31st, or the last day of a shorter month.
  const last = new Date(Date.UTC(then, inYear + 1, 0)).getUTCDate()
  return [String(then).padStart(4, '0'), two(inYear + 1), two(Math.min(day, last))].join('-')
}
const two = (value: number): string => String(value).padStart(2, '0')
