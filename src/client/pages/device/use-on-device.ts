import { useEffect, useState } from 'preact/hooks'
import { type StoredFile, useServices } from '../../state/services.ts'

export interface OnDevice {
  files: readonly StoredFile[]
  /** What all but film and sound takes, bytes; 0 where the browser does not say. */
  beside: number
  /** Null where the browser does not say. */
  room: { used: number; quota: number } | null
  browser: { lasts: boolean | null; tellsWifi: boolean }
}

/** What lies here, looked for again whenever something has come or gone; null until it is known. */
export const useOnDevice = (): OnDevice | null => {
  const { media } = useServices()
  const [found, setFound] = useState<OnDevice | null>(null)
  // Not the signal's value itself: looking reads the device anew, and with that sets it. Not each piece of a download either.
  const kinds = Object.entries(media.states.value)
    .map(([sha256, state]) => `${sha256} ${state.kind === 'absent' ? state.bytes : state.kind}`)
    .join()
  useEffect(() => {
    let gone = false
    void Promise.all([media.stored(), media.estimate(), media.browser()])
      .then(([files, room, browser]) => {
        const films = files.reduce((sum, { bytes }) => sum + bytes, 0)
        const beside = Math.max(0, (room?.used ?? 0) - films)
        if (!gone) setFound({ files, beside, room, browser })
      })
      .catch((error) => console.error(error)) // the storage is broken: nothing can be told of it
    return () => {
      gone = true
    }
  }, [media, kinds])
  return found
}
