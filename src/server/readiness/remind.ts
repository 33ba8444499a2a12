import type { Reminded } from '../../shared/domain/readiness.ts'
import type { Mail } from '../mail/mailer.ts'
import { reminderMail } from '../mail/texts.ts'
import { recordAct } from '../people/acts.ts'
import type { Store } from '../store/store.ts'
import { contactsByMunicipality } from './read-readiness.ts'

export interface Reminder {
  network: string
  by: string
  cohort: string
  stop: string
  groups: readonly string[]
  message: string
}

/** Writes to the contact persons of some groups' municipalities; null if a group is not of the cohort. What is written is not kept. */
export const remind = async (
  {
    store,
    mail,
    now,
  }: { store: Store; mail: { tell(mail: Mail): void } | null; now: () => number },
  { network, by, cohort, stop, groups, message }: Reminder,
): Promise<Reminded | null> => {
  const wanted = [...new Set(groups)]
  const rows = await store.db
    .selectFrom('working_group')
    .select(['id', 'municipality'])
    .where('cohort', '=', cohort)
    .where('id', 'in', wanted)
    .execute()
  if (rows.length < wanted.length) return null
  const contacts = await contactsByMunicipality(store.db, cohort)
  const of = (municipality: string | null): string[] =>
    (municipality && contacts.get(municipality)) || []
  const addresses = [...new Set(rows.flatMap(({ municipality }) => of(municipality)))]
  const without = rows.filter(({ municipality }) => of(municipality).length === 0)
  const told = await store.db
    .selectFrom('cohort')
    .innerJoin('person', (join) => join.on('person.id', '=', by))
    .select(['cohort.name as cohort', 'person.name as by'])
    .where('cohort.id', '=', cohort)
    .executeTakeFirstOrThrow()
  const detail = { stop, groups: rows.length, mails: mail ? addresses.length : 0 }
  await store.write((db) =>
    recordAct(db, { network, by, act: 'cohort.reminded', subject: cohort, detail }, now()),
  )
  for (const to of addresses) mail?.tell(reminderMail({ to, ...told, message }))
  return {
    mails: mail ? addresses.length : 0,
    addresses: mail ? [] : addresses,
    without: without.map(({ id }) => id),
  }
}
