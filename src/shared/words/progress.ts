import type { PlainDocument, Scalar } from './plain.ts'

// The scalars of a progress document. `furthest` and `done` stand once per device and are read as the maximum, because
// one last-write value went backwards whenever an old phone came online: its stale value could win.

export interface Progress {
  furthest: number
  resume: number | null
  done: boolean
}
type Entry = readonly [key: string, value: Scalar]

/** By item id. */
export const readProgress = (plain: PlainDocument): Record<string, Progress> => {
  const byItem: Record<string, Progress> = {}
  const counts: Record<string, number> = {}
  for (const [key, value] of Object.entries(plain.scalars)) {
    const match = key.match(/^(.+)\/(?:(furthest|done)\/[^/]+|(resume))$/)
    const item = match?.[1]
    if (!item || typeof value !== 'number' || !Number.isFinite(value)) continue
    const progress = byItem[item] ?? { furthest: 0, resume: null, done: false }
    byItem[item] = progress
    if (match[3]) progress.resume = value
    else if (match[2] === 'furthest') progress.furthest = Math.max(progress.furthest, value)
    else counts[item] = Math.max(counts[item] ?? 0, value)
    progress.done = (counts[item] ?? 0) % 2 === 1
  }
  return byItem
}

/** What to write so that the item is (not) done: the counter's next number under the own device; nothing if it is so. */
export const doneEntries = (
  plain: PlainDocument,
  item: string,
  device: string,
  done: boolean,
): Entry[] => {
  const prefix = `${item}/done/`
  const counts = Object.entries(plain.scalars)
    .filter(([key, value]) => key.startsWith(prefix) && Number.isSafeInteger(value))
    .map(([, value]) => value as number)
  const highest = Math.max(0, ...counts)
  return (highest % 2 === 1) === done ? [] : [[`${prefix}${device}`, highest + 1]]
}

/** What to write when an item was played or read up to `position`. */
export const playedEntries = (
  plain: PlainDocument,
  item: string,
  device: string,
  position: number,
): Entry[] => {
  const furthestKey = `${item}/furthest/${device}`
  const furthest = plain.scalars[furthestKey]
  const entries: Entry[] = [[`${item}/resume`, position]]
  if (typeof furthest !== 'number' || position > furthest) entries.push([furthestKey, position])
  return entries
}
