import type { Me } from '../../shared/domain/person.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { SessionDeps } from './session.ts'

/** Erases an anonymous person at the server; false, and nothing is erased for certain, if it did not say that it has. */
export const eraseMe = async ({ fetch }: SessionDeps, me: Me): Promise<boolean> => {
  try {
    const headers = { [principalHeader]: me.principal }
    return (await fetch(paths.me, { method: 'DELETE', headers })).status === 204
  } catch {
    return false
  }
}
