import type { Store } from '../store/store.ts'
import { addInvitation, type Db, holdPeople, unknownHash } from './invitations.ts'

const minute = 60 * 1000
const day = 24 * 60 * minute
const pause = 15 * minute
const mostInDay = 5

/**
 * "Send me a new link": one mail for each person who has this address and has been invited before, in any network. Only for the
 * mail's sender to call, after the answer has gone: neither it nor its time may tell whether there was anybody. Returns how many
 * mails wait because of it.
 */
export const askNewLinks = (store: Store, email: string, now: number): Promise<number> =>
  store.write(async (db) => {
    let made = 0
    for (const person of await invitedWith(db, email)) {
      await holdPeople(db, [person])
      if (!(await mayAsk(db, person, now))) continue
      // Made by the person: nobody else has invited them. What they have yet stays good until the new one is sent.
      await addInvitation(db, {
        person,
        by: person,
        madeAt: now,
        hash: unknownHash(),
        mail: 'waiting',
      })
      made++
    }
    return made
  })

const invitedWith = async (db: Db, email: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('person')
    .innerJoin('invitation', 'invitation.person', 'person.id')
    .select('person.id')
    .distinct()
    .where('email', '=', email)
    .where('erased_at', 'is', null)
    .orderBy('person.id')
    .execute()
  return rows.map(({ id }) => id)
}

const mayAsk = async (db: Db, person: string, now: number): Promise<boolean> => {
  const rows = await db
    .selectFrom('invitation')
    .select(['made_by', 'made_at', 'mail'])
    .where('person', '=', person)
    .execute()
  if (rows.some(({ mail }) => mail === 'waiting')) return false // one is on its way
  // Tries at the same mail have its time.
  const asked = new Set(rows.filter((row) => row.made_by === person).map((row) => row.made_at))
  const inDay = [...asked].filter((at) => at > now - day)
  return inDay.length < mostInDay && inDay.every((at) => at <= now - pause)
}
