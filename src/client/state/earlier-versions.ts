/** A text as it stood when somebody had written for a while. */
export interface EarlierVersion {
  root: string
  text: string
  /** ms since 1970. */
  at: number
  /** The writer's name; null if the writer has been erased. */
  author: string | null
}

export type EarlierVersions =
  | { kind: 'versions'; versions: EarlierVersion[] }
  | { kind: 'offline' | 'signed-out' | 'failed' }

/** A question that takes its time. */
export interface Asking {
  signal: AbortSignal
  /** How many changes have come so far. */
  progress(changes: number): void
}
