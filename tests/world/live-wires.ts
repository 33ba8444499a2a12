import type { LiveDeps, StartLive } from '../../src/client/sync/live-deps.ts'
import { type Batch, type Position, whatToTell } from '../../src/server/live/what-to-tell.ts'
import type { Accepted } from '../../src/server/sync/sync.ts'
import type { Chance } from './random.ts'
import type { VirtualTime } from './virtual-time.ts'

// The live connections: what is accepted is told to those who follow, as the production rules say, and may come late, in another
// order, or not at all.

export interface LiveWires {
  /** For one page of a person. */
  startFor(page: Page): StartLive
  accepted(change: Accepted): void
}
export interface Page {
  name: string
  person: string
  isAlive(): boolean
  isOnline(): boolean
}
interface Follower extends Page {
  deps: LiveDeps
  atByScope: Map<string, Position>
}
interface WireParts {
  time: VirtualTime
  chance: Chance
  mayRead(person: string, scope: string): boolean
  isCalm(): boolean
  trace(line: string): void
}

export const createLiveWires = (parts: WireParts): LiveWires => {
  const { time, chance } = parts
  const followers = new Set<Follower>()

  const tell = (follower: Follower, batch: Batch): void => {
    const told = follower.atByScope.get(batch.scope)
    if (told === undefined || !parts.mayRead(follower.person, batch.scope)) return
    const { at, news } = whatToTell(follower.deps.device, told, batch)
    follower.atByScope.set(batch.scope, at)
    if (news === null || (!parts.isCalm() && chance.percent(25))) return
    const { scope: id, epoch, head } = batch
    const cursor = news.items.length > 0 ? head : news.from
    const more = news.items.length === 0
    const answer = { id, status: 'ok' as const, epoch, head, cursor, more, acks: [], listening: 1 }
    const event = { ...answer, items: news.items }
    time.after(chance.percent(90) ? chance.between(5, 120) : chance.between(120, 8000), () => {
      if (!follower.isAlive() || !follower.isOnline() || !followers.has(follower)) return
      parts.trace(`${follower.name} hears of ${news.items.length} in ${id} after ${news.from}`)
      void follower.deps.take(news.from, event)
    })
  }

  return {
    startFor: (page) => (deps) => {
      const follower: Follower = { ...page, deps, atByScope: new Map() }
      // It connects a moment later, where its scopes stand then.
      time.after(chance.between(20, 3000), () => {
        if (!page.isAlive() || !page.isOnline()) return
        deps.scopes().then(
          (rows) => {
            for (const { id, epoch, cursor } of rows) {
              follower.atByScope.set(id, { epoch: epoch ?? 0, cursor })
              deps.setListening(id, chance.below(2))
            }
            followers.add(follower)
          },
          () => undefined,
        )
      })
      return { stop: () => followers.delete(follower) }
    },
    accepted: ({ scope, epoch, from, head, device, updates }) => {
      const numbered = updates.map((update) => ({ ...update, device }))
      for (const follower of followers)
        tell(follower, { scope, epoch, from, head, updates: numbered })
    },
  }
}
