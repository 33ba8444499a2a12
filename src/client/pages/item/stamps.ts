/** Times that lines of a note begin with, such as `3.12 Ta opp fredag`, in seconds, in order and inside the film. */
export const stampsIn = (note: string, length: number): number[] => {
  const seconds = [...note.matchAll(/^(?:(\d{1,2})\.)?(\d{1,2})\.([0-5]\d)(?=\s)/gm)].map(
    ([, hours = '0', minutes = '0', rest = '0']) =>
      Number(hours) * 3600 + Number(minutes) * 60 + Number(rest),
  )
  return [...new Set(seconds.filter((one) => one <= length))].sort((a, b) => a - b)
}
