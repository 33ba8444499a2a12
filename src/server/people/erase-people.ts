import type { Store } from '../store/store.ts'
import { type ErasureDeps, eraseIn } from '../words/erase.ts'
import { recordAct } from './acts.ts'
import { isLastAdministrator } from './administrators.ts'

type Db = Parameters<Parameters<Store['write']>[0]>[0]
type Outcome = 'erased' | 'not-found' | 'last-administrator'

/** Erases whoever asks for it; the bytes in the files go later (scrubber.ts). */
export const eraseThemselves = (deps: ErasureDeps, person: string): Promise<Outcome> =>
  deps.store.write((db) => eraseUnlessLast(db, deps, person))

/**
 * The same by an administrator of the person's network, who has been asked about already (policy.ts). Notes that it was done, and
 * not to whom.
 */
export const eraseByAdministrator = (
  deps: ErasureDeps,
  { by, network }: { by: string; network: string },
  person: string,
): Promise<Outcome> =>
  deps.store.write(async (db) => {
    const outcome = await eraseUnlessLast(db, deps, person)
    if (outcome === 'erased' && by !== person) {
      await recordAct(db, { network, by, act: 'person.erased', subject: null }, deps.now())
    }
    return outcome
  })

const eraseUnlessLast = async (db: Db, deps: ErasureDeps, person: string): Promise<Outcome> => {
  if (await isLastAdministrator(db, person)) return 'last-administrator'
  const there = await db
    .selectFrom('person')
    .select('id')
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!there) return 'not-found'
  // The ledger before the commit: an erasure that is broken off here is finished at the next start.
  const at = deps.now()
  deps.ledger.erased(person, at)
  await eraseIn(db, deps, person, at)
  return 'erased'
}
