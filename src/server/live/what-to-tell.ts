import { inlineBytes, type WordsEvent } from '../../shared/protocol/event-frames.ts'
import type { PullItem } from '../../shared/protocol/frames.ts'

/** Where a device stands in a scope. */
export interface Position {
  epoch: number
  cursor: number
}
/** One accepted update; `bytes` null = larger than any event. */
export interface LiveUpdate {
  seq: number
  doc: string
  device: string
  bytes: Uint8Array | null
}
/** What has come into a scope: every update after `from` up to `head`, in the order of their numbers. */
export interface Batch {
  scope: string
  epoch: number
  from: number
  head: number
  updates: readonly LiveUpdate[]
}
export type News = Pick<WordsEvent, 'from'> & { items: PullItem[] }

/**
 * What one device is to be told of a batch, and where it stands afterwards. Null = nothing: it has it, or wrote it. After a
 * hint, or words of its own, it is taken to have asked already; a device that has not notices at the next event, and asks.
 */
export const whatToTell = (
  device: string,
  at: Position,
  batch: Batch,
): { at: Position; news: News | null } => {
  const { epoch, head } = batch
  const after = { epoch, cursor: head }
  if (at.epoch === epoch && at.cursor >= head) return { at, news: null }
  const hint = { at: after, news: { from: at.cursor, items: [] } }
  if (at.epoch !== epoch || at.cursor < batch.from) return hint

  const fresh = batch.updates.filter((update) => update.seq > at.cursor)
  const first = fresh.find((update) => update.device !== device)
  if (first === undefined) return { at: after, news: null }
  // Its own before those it has, for their acknowledgement moved it here. Its own behind them it may have lost, with a database
  // that went back to an earlier state: no cursor moves over them.
  const items: PullItem[] = []
  let bytes = 0
  for (const update of fresh.slice(fresh.indexOf(first))) {
    if (update.device === device) return hint
    bytes += update.bytes?.length ?? Number.POSITIVE_INFINITY
    if (update.bytes === null || bytes > inlineBytes) return hint
    items.push({ doc: update.doc, seq: update.seq, kind: 'update', update: update.bytes })
  }
  return { at: after, news: { from: first.seq - 1, items } }
}
