/** The end of a day (`yyyy-mm-dd`) in Norway, ms since 1970. */
export const endOfDay = (date: string): number => {
  // Midnight after the day as if in UTC, then less what Norway's clocks are ahead just before: no change of the hour is at midnight.
  const midnight = Date.parse(`${date}T00:00:00Z`) + 24 * 60 * 60 * 1000
  return midnight - aheadMs(midnight - 2 * 60 * 60 * 1000)
}

const aheadMs = (time: number): number => {
  const shown = clock.format(time)
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(time / 1000) * 1000
}
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Oslo',
  dateStyle: 'short',
  timeStyle: 'medium',
})
