import type { TableLink, TabletList } from '../../shared/domain/tablet.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services['server'], 'fetch' | 'storage'> & { principal: string }

/** The last link that was made here for each group, so that it can be shown where there is no network. */
export type KeptLink = Pick<TableLink, 'link' | 'expiresAt'>

/** Whoever waits for a code stands at a table with others. */
const patienceMs = 8000

// Like all of a principal's keys it goes when they leave the device (state/start.ts).
const keyOf = (principal: string): string => `loft-table:${principal}`

export const keptLink = (
  { storage, principal }: Deps,
  group: string,
  now: number,
): KeptLink | null => {
  const kept = readKept({ storage, principal })[group]
  return kept && kept.expiresAt > now ? kept : null
}

/** A new link and code; the link is kept. */
export const askTableLink = async (
  deps: Deps,
  group: string,
  wish: { stop: string | null; fresh: boolean },
): Promise<TableLink | 'offline' | 'not-allowed' | 'other'> => {
  const { fetch, storage, principal } = deps
  try {
    const answer = await fetch(paths.tableLink(group), {
      method: 'POST',
      headers: { 'content-type': 'application/json', [principalHeader]: principal },
      body: JSON.stringify(wish),
      signal: AbortSignal.timeout(patienceMs),
    })
    if (answer.status === 404) return 'not-allowed'
    if (!answer.ok) return answer.status >= 500 ? 'offline' : 'other'
    const made = (await answer.json()) as TableLink
    if (typeof made.link !== 'string') return 'offline' // a portal's page
    const { link, expiresAt } = made
    const kept = { ...readKept(deps), [group]: { link, expiresAt } }
    try {
      storage?.setItem(keyOf(principal), JSON.stringify(kept))
    } catch {
      // Full: it is shown all the same.
    }
    return made
  } catch {
    return 'offline'
  }
}

/** Null without an answer. */
export const askTablets = async (
  { fetch, principal }: Deps,
  group: string,
): Promise<TabletList['tablets'] | null> => {
  try {
    const headers = { [principalHeader]: principal }
    const answer = await fetch(paths.groupTablets(group), {
      headers,
      signal: AbortSignal.timeout(patienceMs),
    })
    return answer.ok ? ((await answer.json()) as TabletList).tablets : null
  } catch {
    return null
  }
}

export const endTablet = async (
  { fetch, principal }: Deps,
  group: string,
  tablet: string,
): Promise<boolean> => {
  try {
    const headers = { [principalHeader]: principal }
    const { status } = await fetch(paths.groupTablet(group, tablet), {
      method: 'DELETE',
      headers,
      signal: AbortSignal.timeout(patienceMs),
    })
    return status === 204 || status === 404
  } catch {
    return false
  }
}

/** The link of a short code. */
export const askLinkOfCode = async (
  { fetch }: Pick<Deps, 'fetch'>,
  code: string,
): Promise<{ ok: true; link: string } | { ok: false; why: ErrorCode | 'unreachable' }> => {
  try {
    const answer = await fetch(paths.tableCode, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      signal: AbortSignal.timeout(patienceMs),
    })
    const body = (await answer.json()) as { link?: string; code?: ErrorCode }
    if (answer.ok && body.link) return { ok: true, link: body.link }
    return { ok: false, why: (answer.status < 500 && body.code) || 'unreachable' }
  } catch {
    return { ok: false, why: 'unreachable' }
  }
}

const readKept = ({
  storage,
  principal,
}: Pick<Deps, 'storage' | 'principal'>): Record<string, KeptLink> => {
  try {
    return JSON.parse(storage?.getItem(keyOf(principal)) ?? '{}') as Record<string, KeptLink>
  } catch {
    return {}
  }
}
