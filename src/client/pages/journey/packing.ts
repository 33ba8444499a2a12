import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { DownloadQueue, KeepState } from '../../state/services.ts'
import { mediaSize } from '../home/kept.ts'

/** How far the bag has come onto the device; bytes of film and sound. */
export type Packing = {
  bytes: number
  of: number
  /** Of this bag, as long as it is being fetched; null while it cannot be said. */
  secondsLeft: number | null
} & (
  | { kind: 'here' | 'absent' | 'running' | 'paused' | 'no-network' | 'no-wifi' }
  | { kind: 'stopped'; reason: 'network' | 'full' | 'damaged' }
)

export const keepStateOf = (
  { media }: OutlineItem,
  states: Readonly<Record<string, KeepState>>,
): KeepState => states[media?.file.sha256 ?? ''] ?? { kind: 'absent', bytes: 0 }

/** What of one item's film or sound is here. */
export const bytesHere = (item: OutlineItem, state: KeepState): number =>
  state.kind === 'kept' ? mediaSize(item) : state.bytes

export const packingOf = (
  items: readonly OutlineItem[],
  states: Readonly<Record<string, KeepState>>,
  queue: DownloadQueue,
): Packing => {
  const files = items
    .filter(({ media }) => media !== null)
    .map((item) => ({ item, state: keepStateOf(item, states) }))
  const of = files.reduce((sum, { item }) => sum + mediaSize(item), 0)
  const bytes = files.reduce((sum, { item, state }) => sum + bytesHere(item, state), 0)
  const some = (...kinds: KeepState['kind'][]): boolean =>
    files.some(({ state }) => kinds.includes(state.kind))
  const how = { bytes, of, secondsLeft: null }
  if (files.every(({ state }) => state.kind === 'kept')) return { ...how, kind: 'here' }
  if (some('waiting', 'loading')) {
    if (queue.kind === 'no-network' || queue.kind === 'no-wifi') return { ...how, kind: queue.kind }
    if (queue.kind === 'paused') return { ...how, kind: 'paused' }
    return { ...how, kind: 'running', secondsLeft: share(of - bytes, queue) }
  }
  if (some('paused')) return { ...how, kind: 'paused' }
  const stopped = files.map(({ state }) => state).find((state) => state.kind === 'stopped')
  return stopped ? { ...how, kind: 'stopped', reason: stopped.reason } : { ...how, kind: 'absent' }
}

/** At the speed of the whole queue, which may hold more than this bag. */
const share = (left: number, { bytes, of, secondsLeft }: DownloadQueue): number | null =>
  secondsLeft === null || of <= bytes ? null : secondsLeft * Math.min(1, left / (of - bytes))
