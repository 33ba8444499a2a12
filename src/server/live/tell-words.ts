import { encodeWordsEvent } from '../../shared/protocol/event-frames.ts'
import type { ScopeAnswer } from '../../shared/protocol/frames.ts'
import type { Database } from '../store/schema.ts'
import { type Followers, readersOf, send } from './follower.ts'
import { type Head, headsOf, updatesBetween } from './live-rows.ts'
import type { InTurn } from './turns.ts'
import { type Batch, whatToTell } from './what-to-tell.ts'

/** What one request has brought into a scope; `updates` have the numbers from `from` + 1. */
export interface Accepted {
  scope: string
  epoch: number
  from: number
  head: number
  device: string
  updates: readonly { doc: string; bytes: Uint8Array }[]
}

/** A device that lacks more than so many updates is told to ask. */
const mostUpdates = 32

/** Tells of new words: at once of what this node has accepted, and by looking at the heads of all others'. */
export const createWordsTeller = (parts: {
  db: Database
  now: () => number
  followers: Followers
  inTurn: InTurn
}) => {
  const { db, followers, inTurn } = parts

  const deliver = async (batch: Batch, status: ScopeAnswer['status']): Promise<void> => {
    const { scope: id, epoch, head } = batch
    const all = followers.of(id)
    const readers = await readersOf(parts, id, all)
    // Who has lost the right is behind no more, or each look would read for them; let in again, they ask by themselves.
    const reading = new Set(readers.map(([follower]) => follower))
    for (const [follower, told] of all) {
      if (!reading.has(follower)) told.at = { epoch, cursor: head }
    }
    for (const [follower, told] of readers) {
      const { at, news } = whatToTell(follower.device, told.at, batch)
      told.at = at
      if (news === null) continue
      const { from, items } = news
      const isHint = items.length === 0
      const answer: ScopeAnswer = {
        id,
        status,
        epoch,
        head,
        cursor: isHint ? from : head,
        more: isHint,
        listening: told.listening,
        acks: [],
        items,
      }
      send(follower, 'words', encodeWordsEvent({ from, answer }))
    }
  }

  /** Reads what those lack who are behind. */
  const bring = async (scope: Head): Promise<void> => {
    const { id, status } = scope
    // An erased scope looks like one of another epoch.
    const { epoch, head } = status === 'ok' ? scope : { epoch: 0, head: 0 }
    const behind = followers
      .of(id)
      .map(([, { at }]) => at)
      .filter((at) => at.epoch !== epoch || at.cursor < head)
    if (behind.length === 0) return
    const cursors = behind.filter((at) => at.epoch === epoch).map((at) => at.cursor)
    const from = Math.max(Math.min(...cursors, head), head - mostUpdates)
    const updates = await updatesBetween(db, id, from, head)
    // Some are in a snapshot already: all who are behind have to ask.
    const isWhole = updates.length === head - from
    await deliver({ scope: id, epoch, from: isWhole ? from : head, head, updates }, status)
  }

  return {
    /** Looks at the heads of these scopes, by one query. */
    look: async (scopes: readonly string[]): Promise<void> => {
      const heads = await headsOf(db, scopes)
      await Promise.all(heads.map((head) => inTurn(head.id, () => bring(head))))
    },

    accepted: ({ scope, epoch, from, head, device, updates }: Accepted): void => {
      if (followers.of(scope).length === 0) return
      void inTurn(scope, () => {
        const isNext = followers
          .of(scope)
          .every(([, { at }]) => at.epoch === epoch && at.cursor >= from)
        // Another node has taken something in between: it is read, and told first.
        if (!isNext) return bring({ id: scope, epoch, head, status: 'ok' })
        const numbered = updates.map((update, index) => ({
          ...update,
          seq: from + 1 + index,
          device,
        }))
        return deliver({ scope, epoch, from, head, updates: numbered }, 'ok')
      })
    },
  }
}
