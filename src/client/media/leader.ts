import type { MediaDeps } from './media-deps.ts'

/**
 * One window at a time fetches. `lead` is called in it, ends when nothing is left, and is called in the next that has something
 * to fetch.
 */
export const createLeader = (
  { locks }: Pick<MediaDeps, 'locks'>,
  { lead, after }: { lead(): Promise<void>; after(): void },
) => {
  let isLeading = false
  let isAsking = false

  const work = async (): Promise<void> => {
    isLeading = true
    isAsking = false
    try {
      await lead()
    } finally {
      isLeading = false
    }
  }

  return {
    isLeading: (): boolean => isLeading,
    /** Leads as soon as no other window does. */
    ask: (): void => {
      if (isAsking || isLeading) return
      isAsking = true
      const leading = locks ? locks.request('loft-downloads', work) : work()
      leading.then(after, (error) => {
        isAsking = false // the storage is broken: the next tap tries again
        console.error(error)
      })
    },
  }
}
