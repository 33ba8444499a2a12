import type { Contact } from '../../shared/domain/contact.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'

interface ContactDeps {
  fetch: typeof fetch
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  principal: string
}

/** Where the last answer lies; it goes when its reader signs out. */
export const contactsKey = (principal: string): string => `loft-contacts:${principal}`

/** Whom this person can ask; without a network whom they could ask last. */
export const readContacts = async ({
  fetch,
  storage,
  principal,
}: ContactDeps): Promise<readonly Contact[]> => {
  const key = contactsKey(principal)
  try {
    const answer = await fetch(paths.contacts, { headers: { [principalHeader]: principal } })
    const read = answer.ok ? contactsIn(await answer.json()) : null
    if (read) {
      storage?.setItem(key, JSON.stringify({ contacts: read }))
      return read
    }
  } catch {
    // No network, or no room: what lies here.
  }
  try {
    return contactsIn(JSON.parse(storage?.getItem(key) ?? '{}')) ?? []
  } catch {
    return []
  }
}

/** Our server has checked it; this only tells it from a portal's JSON. */
const contactsIn = (value: unknown): readonly Contact[] | null => {
  const { contacts } = (value ?? {}) as { contacts?: unknown }
  return Array.isArray(contacts) ? (contacts as Contact[]) : null
}
