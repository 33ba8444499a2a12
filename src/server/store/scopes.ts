// Who may do what in a scope, and where it stands. Whoever changes a scope's words, its members or its status locks its row
// first (`lockScope`): the numbers of a scope are given in the order of commit because of it.
import type { Transaction } from 'kysely'
import { prepared } from './prepared.ts'
import type { Database, Tables } from './schema.ts'

export interface ScopeRow {
  epoch: number
  head: number
  status: 'ok' | 'gone'
}
/**
 * `former` = once belonged to the scope. `erased` = the person is, whatever the scope. null = never belonged to it: nothing is said,
 * not even whether the scope is there.
 */
export type Role = 'member' | 'former' | 'erased' | null
export interface Standing {
  role: Role
  /** null = nobody has written there or asked for it yet. */
  scope: ScopeRow | null
}

interface Asked {
  scope: string
  person: string
}

/** Without a lock: what it says may be old as soon as it is said. */
export const standingOf = async (
  db: Database,
  scope: string,
  person: string,
): Promise<Standing> => {
  const [row] = await selectStanding(db, { scope, person }, 0)
  const { erased, member, former, epoch, head, status } = row ?? {}
  const isErased = typeof erased === 'number'
  const isThere = typeof epoch === 'number' && typeof head === 'number' && status
  return {
    role: isErased ? 'erased' : member ? 'member' : former ? 'former' : null,
    scope: isThere ? { epoch, head, status } : null,
  }
}

/**
 * The scope's row, which nobody else changes until the transaction ends; a member's first use makes it, with a random epoch. A
 * stranger locks nothing and gets null.
 */
export const lockScope = async (
  db: Transaction<Tables>,
  scope: string,
  person: string,
  newEpoch: () => number,
): Promise<{ role: 'member' | 'former'; scope: ScopeRow } | null> => {
  let [row] = await lockRow(db, { scope, person }, 0)
  // Asked again behind the lock, for somebody may have been let in or put out while this waited.
  let { role } = await standingOf(db, scope, person)
  if (!row && (role === 'member' || role === 'former')) {
    // Whoever puts somebody out, or erases them, makes the row too: where this makes it, nobody has done so in between.
    if (role === 'member') row = (await insertScope(db, { scope, epoch: newEpoch() }, 0))[0]
    if (row) return { role, scope: row }
    row = (await lockRow(db, { scope, person }, 0))[0]
    role = (await standingOf(db, scope, person)).role
  }
  return row && role && role !== 'erased' ? { role, scope: row } : null
}

/** Raises the head of a locked scope. */
export const raiseHead = async (
  db: Transaction<Tables>,
  scope: string,
  head: number,
): Promise<void> => {
  await updateHead(db, { scope, head }, 0)
}

interface StandingRow extends Partial<ScopeRow> {
  erased?: number | null
  member?: string | null
  former?: string | null
}

const selectStanding = prepared<Asked, StandingRow>(
  (db, slot) =>
    db.selectNoFrom((e) => {
      const scope = slot((asked) => asked.scope)
      const person = slot((asked) => asked.person)
      const row = e.selectFrom('scope').where('id', '=', scope)
      const mine = (table: 'membership' | 'former_member') =>
        e.selectFrom(table).select('person').where('scope', '=', scope).where('person', '=', person)
      return [
        e.selectFrom('person').select('erased_at').where('id', '=', person).as('erased'),
        mine('membership').as('member'),
        mine('former_member').as('former'),
        row.select('epoch').as('epoch'),
        row.select('head').as('head'),
        row.select('status').as('status'),
      ]
    }) as never,
)

const lockRow = prepared<Asked, ScopeRow>((db, slot) => {
  const scope = slot((asked) => asked.scope)
  const person = slot((asked) => asked.person)
  return db
    .updateTable('scope')
    .set((e) => ({ head: e.ref('head') }))
    .where('id', '=', scope)
    .where((e) =>
      e.exists(
        e
          .selectFrom('membership')
          .select('person')
          .where('scope', '=', scope)
          .where('person', '=', person)
          .unionAll(
            e
              .selectFrom('former_member')
              .select('person')
              .where('scope', '=', scope)
              .where('person', '=', person),
          ),
      ),
    )
    .returning(['epoch', 'head', 'status'])
})

const insertScope = prepared<{ scope: string; epoch: number }, ScopeRow>((db, slot) =>
  db
    .insertInto('scope')
    .values({
      id: slot((made) => made.scope),
      epoch: slot((made) => made.epoch),
      head: 0,
      status: 'ok',
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning(['epoch', 'head', 'status']),
)

const updateHead = prepared<{ scope: string; head: number }, never>(
  (db, slot) =>
    db
      .updateTable('scope')
      .set({ head: slot((raised) => raised.head) })
      .where(
        'id',
        '=',
        slot((raised) => raised.scope),
      ) as never,
)
