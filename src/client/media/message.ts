import type { Told } from './progress.ts'

/**
 * What windows tell each other; `came` is the service worker's: a film that is watched stays. It hears `forgot`, for a manifest
 * that was wrong.
 */
export type Message =
  | { kind: 'came'; sha256: string; index: number }
  | { kind: 'forgot'; sha256: string }
  | { kind: 'changed' | 'choices' | 'ended' }
  | ({ kind: 'progress' } & Told)
