import { paths, principalHeader } from '../../shared/protocol/paths.ts'

/** Where the last answer lies; it goes when its reader signs out. */
export const gatheringsKey = (principal: string): string => `loft-gatherings:${principal}`

const patienceMs = 20_000

/**
 * Brings what is said of the gatherings to the device, so that it can be read on the way there. Home does so at each start: what came
 * is looked through where it is read (gatherings.ts), whose schemas home needs not carry.
 */
export const keepGatherings = async ({
  fetch,
  storage,
  principal,
  now,
}: {
  fetch: typeof globalThis.fetch
  storage: Pick<Storage, 'setItem'> | null
  principal: string
  now: { peek(): number }
}): Promise<void> => {
  try {
    const answer = await fetch(paths.gatherings, {
      headers: { [principalHeader]: principal },
      signal: AbortSignal.timeout(patienceMs),
    })
    if (!answer.ok) return
    const { gatherings } = (await answer.json()) as { gatherings?: unknown }
    if (!Array.isArray(gatherings)) return // a portal's page
    storage?.setItem(gatheringsKey(principal), JSON.stringify({ gatherings, at: now.peek() }))
  } catch {
    // No network, or no room: the page asks again.
  }
}
