import type { Signal } from '@preact/signals'
import type { MediaFile, OutlineItem } from '../../shared/domain/outline.ts'

// The shapes that the page sees, state/services.ts: this layer knows nothing above it.

export type State =
  | { kind: 'absent'; bytes: number }
  | { kind: 'waiting' | 'loading' | 'paused'; bytes: number; of: number }
  | { kind: 'stopped'; reason: StopReason; bytes: number; of: number }
  | { kind: 'kept' }

export type StopReason = 'network' | 'full' | 'damaged'

export interface Queue {
  kind: 'idle' | 'running' | 'paused' | 'no-wifi' | 'no-network'
  items: readonly string[]
  bytes: number
  of: number
  secondsLeft: number | null
}

/** What the downloads write and the page reads. */
export interface Shown {
  states: Signal<Record<string, State>>
  queue: Signal<Queue>
  wifiOnly: Signal<boolean>
  rate: Signal<number | null>
}

export const emptyQueue: Queue = { kind: 'idle', items: [], bytes: 0, of: 0, secondsLeft: null }

/** The files of an item, main file first: kept and removed as one. */
export const filesOf = ({ media }: OutlineItem): MediaFile[] =>
  media ? [media.file, ...(media.described ? [media.described] : [])] : []
