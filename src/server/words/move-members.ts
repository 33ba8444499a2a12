import { personScope } from '../../shared/words/scope.ts'
import { documentStore } from '../store/document-store.ts'
import { membershipStore } from '../store/membership-store.ts'
import type { Store } from '../store/store.ts'
import type { Ledger } from './ledger.ts'
import { enterIn, leaveIn, type MembershipDeps, type Place } from './membership.ts'

export type MoveDeps = Pick<MembershipDeps, 'now' | 'newEpoch'> & {
  ledger: Pick<Ledger, 'putOut'>
}

type Db = Parameters<Parameters<Store['write']>[0]>[0]

/**
 * Takes several people out of groups and lets them into others, in the caller's transaction, as its last step: the ledger must
 * know who is out before the commit. After the commit the caller does `tellEntered` with those who have entered.
 */
export const moveMembers = async (
  db: Db,
  deps: MoveDeps,
  { leave, enter }: { leave: readonly Place[]; enter: readonly Place[] },
): Promise<void> => {
  await lockAll(db, deps, { leave, enter })
  const left: Place[] = []
  for (const place of leave) {
    if (await leaveIn(db, deps, place.scope, place.person)) left.push(place)
  }
  for (const { scope, person } of enter) await enterIn(db, deps, scope, person)
  for (const { scope, person } of left) deps.ledger.putOut(scope, person, deps.now())
}

/** In the order of their ids, so that two who move people do not wait for each other: groups come before own scopes. */
const lockAll = async (
  db: Db,
  { newEpoch }: MoveDeps,
  { leave, enter }: { leave: readonly Place[]; enter: readonly Place[] },
): Promise<void> => {
  const groups = new Set([...leave, ...enter].map(({ scope }) => scope))
  for (const scope of [...groups].sort()) await documentStore.lockOrMake(db, scope, newEpoch)
  const own: string[] = []
  for (const person of new Set(leave.map((place) => place.person))) {
    const run = await membershipStore.runOf(db, person)
    if (run !== undefined) own.push(personScope(person, run))
  }
  for (const scope of own.sort()) await documentStore.lock(db, scope)
}
