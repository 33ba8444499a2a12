import type { AgendaEntry } from '../../../shared/domain/gathering.ts'

/** An agenda over several days begins anew where the clock goes back. */
export const agendaDays = (agenda: readonly AgendaEntry[]): AgendaEntry[][] => {
  const days: AgendaEntry[][] = []
  let before = ''
  for (const entry of agenda) {
    if (days.length === 0 || entry.time < before) days.push([])
    days.at(-1)?.push(entry)
    before = entry.time
  }
  return days
}
