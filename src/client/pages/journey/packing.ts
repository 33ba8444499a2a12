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
  | { kind: 'stopped'; reason: 'full' | 'damaged' }
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
  const isMoving = some('waiting', 'loading')
  if (isMoving && queue.kind === 'no-wifi') return { ...how, kind: 'no-wifi' }
  if (isMoving && queue.kind !== 'no-network') {
    return { ...how, kind: 'running', secondsLeft: share(of - bytes, queue) }
  }
  if (some('paused')) return { ...how, kind: 'paused' }
  const stops = files.flatMap(({ state }) => (state.kind === 'stopped' ? [state.reason] : []))
  // What lost the network goes on by itself.
  if (isMoving || stops.includes('network')) return { ...how, kind: 'no-network' }
  const reason = stops.find((one) => one !== 'network')
  return reason ? { ...how, kind: 'stopped', reason } : { ...how, kind: 'absent' }
}

/** At the speed of the whole queue, which may hold more than this bag. */
const share = (left: number, { bytes, of, secondsLeft }: DownloadQueue): number | null =>
  secondsLeft === null || of <= bytes ? null : secondsLeft * Math.min(1, left / (of - bytes))
