import type { Me } from '../../shared/domain/person.ts'
import { isTablet } from '../../shared/domain/tablet-id.ts'
import { createLeftHere } from './left-here.ts'
import { beginLeaving, finishLeaving, rememberedMe, rememberMe } from './session.ts'
import type { TableDeps } from './table.ts'

export interface LeavingDeps extends TableDeps {
  storage: Parameters<typeof createLeftHere>[0]
}

/** How somebody leaves the device for good, also where its database refuses to forget them: then nobody is shown until it does. */
export interface Leaving {
  /** A person signs out: from here on nobody is let in before the server knows. */
  begin(me: Me): Promise<void>
  /** True when nobody is on the way out, or the server now knows. */
  finish(): Promise<boolean>
  /** Signed out from another device: the server knows. */
  lock(me: Me): Promise<void>
  /** Forgets who lay on a table; false where the device cannot, and the next start tries it again. */
  forgetTable(me: Me): Promise<boolean>
  /** Who used this device last, unless they have left it. */
  remembered(): Promise<Me | null>
  /** They have come back. */
  cameBack(me: Me): void
}

export const createLeaving = (deps: LeavingDeps): Leaving => {
  const here = createLeftHere(deps.storage)
  const forgetTable = async (me: Me): Promise<boolean> => {
    here.mark({ principal: me.principal, isTold: true })
    const { clearTable } = await import('./table.ts')
    await clearTable(deps, me)
    const isGone = (await rememberedMe(deps))?.principal !== me.principal
    if (isGone) here.mark(null)
    return isGone
  }
  return {
    forgetTable,
    begin: async (me) => {
      here.mark({ principal: me.principal, isTold: false })
      if (await beginLeaving(deps, me)) here.mark(null)
    },
    finish: async () => {
      const left = here.read()
      const isUntold = left !== null && !left.isTold
      const isDone = await finishLeaving(deps, isUntold)
      if (isUntold && isDone) here.mark({ ...left, isTold: true })
      return isDone
    },
    lock: async ({ principal }) => {
      here.mark({ principal, isTold: true })
      if (await rememberMe(deps, null)) here.mark(null)
    },
    remembered: async () => {
      const last = await rememberedMe(deps)
      if (!last || here.read()?.principal !== last.principal) return last
      if (!isTablet(last.principal) || !(await forgetTable(last))) return null
      return rememberedMe(deps)
    },
    cameBack: ({ principal }) => {
      if (here.read()?.principal === principal) here.mark(null)
    },
  }
}
