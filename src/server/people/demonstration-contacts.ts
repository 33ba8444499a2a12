import type { Database } from '../store/schema.ts'

const network = 'vestland'

/** Roles, never invented people. */
const contacts = [
  {
    id: 'demo-prosjektleiar',
    municipality: null,
    name: 'Prosjektleiar, Vestland',
    task: 'Samlingane, reisa og alt praktisk',
    email: 'prosjektleiar@vestland.example',
  },
  {
    id: 'demo-koordinator-stord',
    municipality: '4614',
    name: 'Koordinator, Stord',
    task: 'Leiargruppa og oppgåvene i kommunen',
    email: 'koordinator@stord.example',
  },
]

/** Whom the demonstration's people can ask, as long as an administrator has not said so themselves. */
export const seedContacts = (db: Database): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const some = await tx
      .selectFrom('contact_person')
      .select('id')
      .where('network', '=', network)
      .executeTakeFirst()
    if (some) return
    await tx
      .insertInto('contact_person')
      .values(contacts.map((contact) => ({ ...contact, network, phone: null })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
