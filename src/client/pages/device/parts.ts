import type { Line, LineStop } from '../../../shared/domain/line.ts'
import type { Outline, OutlineItem, OutlineModule } from '../../../shared/domain/outline.ts'
import { allItems } from '../../../shared/domain/travel-order.ts'
import type { KeepState, StoredFile } from '../../state/services.ts'
import { mediaSize } from '../home/kept.ts'
import { bytesHere, keepStateOf } from '../keeping/keeping.ts'

type States = Readonly<Record<string, KeepState>>

/** What is kept and freed together. `other` = what lies here though it is not on this person's line. */
export type Part = { key: string; items: OutlineItem[] } & (
  | { kind: 'stop'; stop: LineStop }
  | { kind: 'deepening'; module: OutlineModule }
  | { kind: 'podcasts' | 'track' | 'other' }
)

/** All film and sound, each in one part: podcasts by themselves, deepening by module, the rest by stop. */
export const partsOf = (line: Line, outline: Outline, states: States): Part[] => {
  const mine = line.stops.flatMap(({ items }) => items.map(({ item }) => item))
  const known = new Set(mine.map(({ id }) => id))
  const others = allItems(outline).filter(
    (item) => !known.has(item.id) && keepStateOf(item, states).kind !== 'absent',
  )
  if (line.track) {
    return [
      { key: 'track', kind: 'track' as const, items: mine },
      { key: 'other', kind: 'other' as const, items: others },
    ].flatMap(withMedia)
  }
  const isPodcast = ({ kind }: OutlineItem): boolean => kind === 'podcast'
  const isDeep = (item: OutlineItem): boolean => item.depth === 'fordjuping' && !isPodcast(item)
  const stops = line.stops.map((stop) => ({
    key: `stop ${stop.id}`,
    kind: 'stop' as const,
    stop,
    items: stop.items.map(({ item }) => item).filter((item) => !isPodcast(item) && !isDeep(item)),
  }))
  const deep = outline.modules.map((module) => ({
    key: `deepening ${module.id}`,
    kind: 'deepening' as const,
    module,
    items: module.items.filter((item) => known.has(item.id) && isDeep(item)),
  }))
  return [
    ...stops,
    { key: 'podcasts', kind: 'podcasts' as const, items: mine.filter(isPodcast) },
    ...deep,
    { key: 'other', kind: 'other' as const, items: others },
  ].flatMap(withMedia)
}

const withMedia = <P extends { items: OutlineItem[] }>(part: P): P[] => {
  const items = part.items.filter(({ media }) => media !== null)
  return items.length > 0 ? [{ ...part, items }] : []
}

/** How many of a part's items are kept, and what they take, bytes. */
export const sumOf = (
  items: readonly OutlineItem[],
  states: States,
): { kept: number; bytes: number; size: number } => {
  const kept = items.filter((item) => keepStateOf(item, states).kind === 'kept')
  const sum = (of: readonly OutlineItem[]): number =>
    of.reduce((total, item) => total + mediaSize(item), 0)
  return { kept: kept.length, bytes: sum(kept), size: sum(items) }
}

/** What lies here without anybody having chosen it: it came by watching, or no item has it any more. */
export interface Leftover {
  key: string
  item: OutlineItem | null
  files: string[]
  bytes: number
  usedAt: number | null
}

/** The least recently played first, as they are cleared. */
export const leftoversOf = (
  stored: readonly StoredFile[],
  items: readonly OutlineItem[],
): Leftover[] => {
  const byKey = new Map<string, Leftover>()
  for (const { sha256, bytes, usedAt, pinned } of stored) {
    const item = items.find(({ media }) => isOf(media, sha256)) ?? null
    if (pinned && item) continue
    const key = item?.id ?? sha256
    const before = byKey.get(key)
    byKey.set(key, {
      key,
      item,
      files: [...(before?.files ?? []), sha256],
      bytes: (before?.bytes ?? 0) + bytes,
      usedAt: newest(before?.usedAt ?? null, usedAt),
    })
  }
  return [...byKey.values()].toSorted((a, b) => (a.usedAt ?? 0) - (b.usedAt ?? 0))
}

/** When an item was last played, by either of its versions; ms since 1970. */
export const usedAtOf = (item: OutlineItem, stored: readonly StoredFile[]): number | null =>
  stored
    .filter(({ sha256 }) => isOf(item.media, sha256))
    .reduce<number | null>((at, { usedAt }) => newest(at, usedAt), null)

/** All film and sound on the device, bytes. */
export const mediaBytes = (
  states: States,
  items: readonly OutlineItem[],
  stored: readonly StoredFile[],
): number => {
  const orphans = stored.filter(({ sha256 }) => !items.some(({ media }) => isOf(media, sha256)))
  return (
    items.reduce((sum, item) => sum + bytesHere(item, states), 0) +
    orphans.reduce((sum, { bytes }) => sum + bytes, 0)
  )
}

const isOf = (media: OutlineItem['media'], sha256: string): boolean =>
  media?.file.sha256 === sha256 || media?.described?.sha256 === sha256

const newest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)
