import { useEffect, useState } from 'preact/hooks'
import type { EarlierVersions } from '../../state/earlier-versions.ts'
import { useServices } from '../../state/services.ts'

export type Reading = { kind: 'loading'; changes: number } | EarlierVersions

/** Asks the server for what a document once said; ended with the page that asked. */
export const useEarlierVersions = (document: string): { reading: Reading; retry(): void } => {
  const { earlierVersions } = useServices()
  const [reading, setReading] = useState<Reading>({ kind: 'loading', changes: 0 })
  const [attempt, setAttempt] = useState(0)
  // A new attempt asks again.
  useEffect(() => {
    const ended = new AbortController()
    setReading({ kind: 'loading', changes: 0 })
    const say = (said: Reading): void => {
      if (!ended.signal.aborted) setReading(said)
    }
    earlierVersions(document, {
      signal: ended.signal,
      progress: (changes) => say({ kind: 'loading', changes }),
    }).then(say, () => say({ kind: 'failed' }))
    return () => ended.abort()
  }, [earlierVersions, document, attempt])
  return { reading, retry: () => setAttempt((before) => before + 1) }
}
