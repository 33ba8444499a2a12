import type { MediaDeps } from './media-deps.ts'

/** Keeps the screen awake while something is downloaded: a phone that sleeps stops its pages. */
export const createWakeLock = ({ wakeLock }: Pick<MediaDeps, 'wakeLock'>) => {
  let isWanted = false
  let held: Promise<{ release(): Promise<void> } | null> = Promise.resolve(null)
  const letGo = (): void => {
    void held.then((lock) => lock?.release()).catch(() => {})
    held = Promise.resolve(null)
  }
  const hold = (): void => {
    letGo()
    held = wakeLock?.request().catch(() => null) ?? held // hidden, or a low battery
  }
  return {
    want: (wanted: boolean): void => {
      if (wanted === isWanted) return
      isWanted = wanted
      if (wanted) hold()
      else letGo()
    },
    /** The browser lets go when the page is hidden. */
    returned: (): void => {
      if (isWanted) hold()
    },
  }
}
