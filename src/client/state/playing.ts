import type { Signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import type { OutlineItem } from '../../shared/domain/outline.ts'

/** What plays, or has played last. It outlives its page; the shell shows its dock, whose code came with that page. */
export interface Playing {
  readonly item: OutlineItem
  readonly Dock: ComponentType
  /** Stops it, keeps the position and lets go of everything. */
  end(): void
}

/** At most one thing plays at a time. */
export type NowPlaying = Signal<Playing | null>
