import type { BudgetReport } from './read-package.ts'

/** The time budget as a table for an editor: a row for each module and stop, a column for each audience. */
export const budgetLines = ({ audiences, promises, outline }: BudgetReport): string[] => {
  const whole = audiences.filter(({ track }) => track === null)
  const row = (name: string, minutesOf: (audience: (typeof whole)[number]) => number) => [
    name,
    ...whole.map((audience) => `${minutesOf(audience)}`),
  ]
  const rangeOf = (audience: string) => {
    const promise = promises.find((one) => one.audiences.includes(audience))
    return promise ? `${promise.minHours}–${promise.maxHours} h` : '–'
  }
  const table = [
    ['minutes', ...whole.map(({ audience }) => audience)],
    ...outline.modules.map(({ id }) =>
      row(id, ({ modules }) => modules.find(({ module }) => module === id)?.minutes ?? 0),
    ),
    ...outline.stops
      .filter(({ minutes }) => minutes)
      .map(({ id }) =>
        row(`[${id}]`, ({ stops }) => stops.find(({ stop }) => stop === id)?.minutes ?? 0),
      ),
    ['required', ...whole.map(({ required }) => `${required} = ${hours(required)}`)],
    ['allowed', ...whole.map(({ audience }) => rangeOf(audience))],
    row('fordjuping', ({ fordjuping }) => fordjuping),
  ]
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  )
  const lines = table.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths?.[column] ?? 0) : cell.padStart(widths?.[column] ?? 0),
      )
      .join('  '),
  )
  for (const { audience, track, fordjuping } of audiences) {
    if (!track) continue
    lines.push(
      `${audience}: track ${track.track}, ${track.minutes} of ${track.maxMinutes} minutes, ` +
        `meeting ${track.meeting} beside, fordjuping ${fordjuping}`,
    )
  }
  return lines
}

const hours = (minutes: number): string =>
  `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
