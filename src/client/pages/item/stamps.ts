import { formatTime } from '../../i18n/format.ts'

/** Times that lines of a note begin with, such as `3.12 Ta opp fredag`, in seconds, in order and inside the film. */
export const stampsIn = (note: string, length: number): number[] => {
  const seconds = [...note.matchAll(/^(?:(\d{1,2})\.)?(\d{1,2})\.([0-5]\d)(?=\s)/gm)].map(
    ([, hours = '0', minutes = '0', rest = '0']) =>
      Number(hours) * 3600 + Number(minutes) * 60 + Number(rest),
  )
  return [...new Set(seconds.filter((one) => one <= length))].sort((a, b) => a - b)
}

/** The note with a new line that begins with the time. A time that nothing was written at gives way to it. */
export const stamped = (note: string, seconds: number): string => {
  const before = note.trimEnd().replace(/(?:^|\n)(?:\d{1,2}\.)?\d{1,2}\.[0-5]\d$/, '')
  return `${before.trimEnd()}${before === '' ? '' : '\n'}${formatTime(seconds)} `
}
