import type { MediaDeps } from './media-deps.ts'

const lockName = 'loft-downloads'

/** A window in the background may be let run once a minute only: it is not taken for frozen. */
const beatEveryMs = 10_000
const listenEveryMs = 30_000
const mostSilences = 3

export interface LeaderDeps extends Pick<MediaDeps, 'locks' | 'setTimeout'> {
  /** Called in the window that fetches; ends when nothing is left. */
  lead(): Promise<void>
  /** It has ended: others may lead, or this one again. */
  after(): void
  /** Another has taken over: `lead` is to end. */
  lost(): void
  /** Tells the others that this one is there. */
  beat(): void
}

/**
 * One window at a time fetches, by a lock. A phone freezes windows with what they hold: one that has told nothing for three
 * looks loses the lock to the window that waits. Looks are counted, not time, so that a window that was frozen itself, and
 * whose timer is long due, hears first what it missed.
 */
export const createLeader = (deps: LeaderDeps) => {
  let state: 'idle' | 'asking' | 'leading' | 'robbed' = 'idle'
  let silences = 0

  const request = (how: LockOptions): void => {
    state = 'asking'
    let working: Promise<void> | null = null
    const work = async (): Promise<void> => {
      if (how.signal?.aborted) return // it came after all, and is asked for in another way already
      working = leadNow()
      await working
    }
    const asking = deps.locks ? deps.locks.request(lockName, how, work) : work()
    asking.then(deps.after, (error) => {
      if (how.signal?.aborted) return
      if (state === 'leading' && working) {
        state = 'robbed'
        deps.lost()
        working.then(deps.after, (failure) => console.error(failure))
        return
      }
      state = 'idle' // the storage is broken: the next tap tries again
      console.error(error)
    })
  }

  const leadNow = async (): Promise<void> => {
    state = 'leading'
    beatOn()
    try {
      await deps.lead()
    } finally {
      state = 'idle'
    }
  }

  let beats = 0
  const beatOn = (mine = ++beats): void => {
    deps.setTimeout(() => {
      if (state !== 'leading' || mine !== beats) return
      deps.beat()
      beatOn(mine)
    }, beatEveryMs)
  }

  const listenOn = (waiting: AbortController): void => {
    deps.setTimeout(() => {
      if (state !== 'asking' || waiting !== asked) return
      if (++silences < mostSilences) return listenOn(waiting)
      waiting.abort()
      request({ steal: true })
    }, listenEveryMs)
  }

  let asked: AbortController | null = null
  return {
    isLeading: (): boolean => state === 'leading',
    /** Leads as soon as no other window does. */
    ask: (): void => {
      if (state !== 'idle') return
      asked = new AbortController()
      silences = 0
      listenOn(asked)
      request({ signal: asked.signal })
    },
    /** The window that leads has told something. */
    heard: (): void => {
      silences = 0
    },
  }
}
