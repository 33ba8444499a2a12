import { type PresenceReport, presenceRepeatMs } from '../../shared/protocol/event-frames.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import type { Clock } from '../storage/clock.ts'
import type { StreamingFetch } from './live-connection.ts'

/** The open document, and who writes in it. */
export interface Here {
  document: string
  label: string
  role: string | null
}

export interface Reporter {
  enter(here: Here | null): void
  /** The page is looked at, or the network is back. */
  again(): void
  stop(): void
}

const longestLabel = 80

/** Tells the server which group's document is open here, as long as somebody looks at it. */
export const createReporter = (parts: {
  fetch: StreamingFetch
  clock: Clock
  isVisible(): boolean
  principal: string
  device: string
}): Reporter => {
  const { clock, device } = parts
  let here: Here | null = null
  let timer: unknown = null
  let sending = Promise.resolve()

  const report = (at: Here, isOpen: boolean): void => {
    const scope = scopeOf(at)
    if (scope === null) return
    const body: PresenceReport = {
      scope,
      device,
      doc: isOpen ? at.document : null,
      label: at.label.slice(0, longestLabel),
      role: at.role,
    }
    // One after the other: a late "open" would outlive its "closed".
    sending = sending.then(() => post(body))
  }

  const post = async (body: PresenceReport): Promise<void> => {
    try {
      await parts.fetch(paths.presence, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: parts.principal },
        body: JSON.stringify(body),
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        keepalive: true, // the page may be on its way out
      })
    } catch {
      // Said again in a moment, or it expires.
    }
  }

  const again = (): void => {
    clock.clearTimeout(timer)
    if (here === null) return
    if (parts.isVisible()) report(here, true)
    timer = clock.setTimeout(again, presenceRepeatMs)
  }

  const enter = (next: Here | null): void => {
    const before = here
    here = next
    // A device is in one document of a scope: the next report there replaces this one.
    if (before && scopeOf(next) !== scopeOf(before)) report(before, false)
    again()
  }

  return { enter, again, stop: () => enter(null) }
}

const scopeOf = (here: Here | null): string | null =>
  here && (splitDocumentId(here.document)?.scope ?? null)
