import type { Me } from '../../shared/domain/person.ts'
import { type Access, reachOf } from '../../shared/domain/policy.ts'
import type { ErrorAnswer } from '../../shared/protocol/errors.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { SessionDeps } from './session.ts'

/** A group's tablet has nothing of its own to take out or erase. */
export const mayAsOneself = (me: Me, access: Access): boolean =>
  reachOf(me.roles ?? [me.role], access) !== null

/** `failed` = nothing is erased for certain: the server did not say that it has. */
export type Erased = 'erased' | 'last-administrator' | 'failed'

/** Erases a person at the server. */
export const eraseMe = async ({ fetch }: SessionDeps, me: Me): Promise<Erased> => {
  try {
    const headers = { [principalHeader]: me.principal }
    const answer = await fetch(paths.me, { method: 'DELETE', headers })
    if (answer.status === 204) return 'erased'
    const { code }: Partial<ErrorAnswer> = await answer.json()
    return code === 'last-administrator' ? code : 'failed'
  } catch {
    return 'failed'
  }
}

/**
 * What lies beside the words under the person's name, in localStorage: signing out leaves it for their next visit, and there is
 * none.
 */
export const forgetBesideWords = (
  storage: Pick<Storage, 'getItem' | 'removeItem'> | null,
  principal: string,
): void => {
  const reports = `loft-reports:${principal}`
  try {
    const items: unknown = JSON.parse(storage?.getItem(reports) ?? '[]')
    if (Array.isArray(items))
      for (const item of items) storage?.removeItem(`loft-report:${principal}:${item}`)
    const own = ['contacts', 'writer', 'cards', 'own-cards']
    for (const key of [reports, ...own.map((kind) => `loft-${kind}:${principal}`)])
      storage?.removeItem(key)
  } catch {
    // The browser refuses its storage: then nothing lies there.
  }
}
