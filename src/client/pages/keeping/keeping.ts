import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { Keeping } from '../../components/keeping-words.ts'
import type { DownloadQueue, KeepState } from '../../state/services.ts'
import { mediaSize } from '../home/kept.ts'

type States = Readonly<Record<string, KeepState>>

export const keepStateOf = ({ media }: OutlineItem, states: States): KeepState =>
  states[media?.file.sha256 ?? ''] ?? { kind: 'absent', bytes: 0 }

/** What of one item's film or sound is here. */
export const bytesHere = (item: OutlineItem, states: States): number => {
  const state = keepStateOf(item, states)
  if (state.kind === 'kept') return mediaSize(item)
  const described = states[item.media?.described?.sha256 ?? '']
  // Nobody asked for it: each version that was watched lies here by itself.
  const beside = state.kind === 'absent' && described?.kind === 'absent' ? described.bytes : 0
  return Math.min(mediaSize(item), state.bytes + beside)
}

/** How far these items together have come; those without film or sound do not count. */
export const keepingOf = (
  items: readonly OutlineItem[],
  states: States,
  queue: DownloadQueue,
): Keeping => {
  const files = items
    .filter(({ media }) => media !== null)
    .map((item) => ({ item, state: keepStateOf(item, states) }))
  const of = files.reduce((sum, { item }) => sum + mediaSize(item), 0)
  const bytes = files.reduce((sum, { item }) => sum + bytesHere(item, states), 0)
  const some = (...kinds: KeepState['kind'][]): boolean =>
    files.some(({ state }) => kinds.includes(state.kind))
  const how = { bytes, of, secondsLeft: null }
  if (files.every(({ state }) => state.kind === 'kept')) return { ...how, kind: 'here' }
  const isMoving = some('waiting', 'loading')
  if (isMoving && queue.kind === 'no-wifi') return { ...how, kind: 'no-wifi' }
  if (isMoving && queue.kind !== 'no-network') {
    const isFirst = items.some(({ id }) => id === queue.items[0])
    if (!isFirst && !some('loading') && queue.items.length > 0) return { ...how, kind: 'queued' }
    return { ...how, kind: 'running', secondsLeft: share(of - bytes, queue) }
  }
  if (some('paused')) return { ...how, kind: 'paused' }
  const stops = files.flatMap(({ item, state }) =>
    state.kind === 'stopped' ? [{ item, reason: state.reason }] : [],
  )
  // What lost the network goes on by itself.
  if (isMoving || stops.some(({ reason }) => reason === 'network')) {
    return { ...how, kind: 'no-network' }
  }
  for (const { item, reason } of stops) {
    if (reason !== 'network') return { ...how, kind: 'stopped', reason, item }
  }
  return { ...how, kind: 'absent' }
}

/** Films that are all here want their texts too before it is said that they are. */
export const withTexts = (
  keeping: Keeping,
  items: readonly OutlineItem[],
  has: (item: OutlineItem) => boolean,
): Keeping =>
  keeping.kind === 'here' && !items.every(has) ? { ...keeping, kind: 'no-texts' } : keeping

/** At the speed of the whole queue, which may hold more than these. */
const share = (left: number, { bytes, of, secondsLeft }: DownloadQueue): number | null =>
  secondsLeft === null || of <= bytes ? null : secondsLeft * Math.min(1, left / (of - bytes))
