import { asWriterRole, type WriterRole } from '../../components/fields/writer-roles.ts'

const key = (principal: string): string => `loft-writer:${principal}`

/** Who wrote last on this tablet. */
export const chosenWriter = (principal: string): WriterRole | null => {
  try {
    return asWriterRole(localStorage.getItem(key(principal)))
  } catch {
    return null
  }
}

export const rememberWriter = (principal: string, role: WriterRole | null): void => {
  try {
    if (role === null) localStorage.removeItem(key(principal))
    else localStorage.setItem(key(principal), role)
  } catch {
    // chosen for this visit only
  }
}
