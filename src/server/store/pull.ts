// What a device lacks of a scope, in one statement. One, because each sees the database as it was at one moment: between two, a
// compaction could move words from where the second looks to where the first has looked, and a revocation could pass unseen.
import { sql } from 'kysely'
import { prepared } from './prepared.ts'
import type { Database } from './schema.ts'
import type { ScopeRow } from './scopes.ts'

export interface PullAsked {
  scope: string
  person: string
  /** The cursor: what is wanted has higher numbers. */
  after: number
  /** Bytes; one item comes in any case. */
  budget: number
  /** Numbers that the device has just pushed itself; `first` above `last` = none. */
  own: { first: number; last: number }
}
export interface PulledItem {
  doc: string
  seq: number
  kind: 'update' | 'snapshot'
  bytes: Uint8Array
}
export interface Pulled extends ScopeRow {
  items: PulledItem[]
  /** There are more behind the last item. */
  cut: boolean
}

/** So that one statement does not read a scope of a hundred thousand updates. */
const mostItems = 2000

/** Updates and snapshots after the cursor in the order of their numbers; null for whoever is no member. */
export const pull = async (db: Database, asked: PullAsked): Promise<Pulled | null> => {
  const rows = await selectItems(db, asked, 0)
  const [first] = rows
  if (!first) return null
  const { epoch, head, status, found } = first
  const items = rows.flatMap(({ doc, seq, kind, bytes }): PulledItem[] =>
    doc !== null && seq !== null && bytes !== null
      ? [{ doc, seq, kind: kind === 0 ? 'update' : 'snapshot', bytes }]
      : [],
  )
  const cut = items.length < (found ?? 0) || found === mostItems
  return { epoch, head, status, items, cut }
}

interface PulledRow extends ScopeRow {
  /** How many items there are, `mostItems` at most. This and all below is null where there is none. */
  found: number | null
  seq: number | null
  kind: number | null
  doc: string | null
  bytes: Uint8Array | null
}

const selectItems = prepared<PullAsked, PulledRow>((db, slot) => {
  const scope = slot((asked) => asked.scope)
  const after = slot((asked) => asked.after)
  const kind = { update: sql<number>`0`, snapshot: sql<number>`1` }

  // 1 The numbers and sizes of all that is newer, both kinds in one order.
  const updates = db
    .selectFrom('update')
    .select([kind.update.as('kind'), 'seq', 'size'])
    .where('scope', '=', scope)
    .where('seq', '>', after)
    .where((e) =>
      e.or([
        e(
          'seq',
          '<',
          slot(({ own }) => own.first),
        ),
        e(
          'seq',
          '>',
          slot(({ own }) => own.last),
        ),
      ]),
    )
    .orderBy('seq')
    .limit(sql.lit(mostItems))
  const snapshots = db
    .selectFrom('document')
    .select([kind.snapshot.as('kind'), 'snapshot_seq as seq', 'size'])
    .where('scope', '=', scope)
    .where('snapshot_seq', '>', after)
    .orderBy('snapshot_seq')
    .limit(sql.lit(mostItems))
  const newer = db
    .selectFrom(updates.as('u'))
    .selectAll()
    .unionAll(db.selectFrom(snapshots.as('d')).selectAll())
    .orderBy('seq')
    .limit(sql.lit(mostItems))

  // 2 How many bytes come with each and all before it.
  const measured = db.selectFrom(newer.as('newer')).select((e) => [
    'kind',
    'seq',
    'size',
    e.fn
      .sum<number>('size')
      .over((over) => over.orderBy('seq'))
      .as('upTo'),
    e.fn
      .countAll<number>()
      .over((over) => over)
      .as('found'),
  ])

  // 3 The bytes of those within the budget, for a member. The scope comes in any case.
  return db
    .with('measured', () => measured)
    .selectFrom('scope')
    .innerJoin('membership', (join) =>
      join.onRef('membership.scope', '=', 'scope.id').on(
        'membership.person',
        '=',
        slot((asked) => asked.person),
      ),
    )
    .leftJoin('measured', (join) =>
      join.on((e) =>
        e.or([
          e(
            'upTo',
            '<=',
            slot((asked) => asked.budget),
          ),
          e('upTo', '=', e.ref('measured.size')),
        ]),
      ),
    )
    .leftJoin('update', (join) =>
      join
        .on('measured.kind', '=', kind.update)
        .on('update.scope', '=', scope)
        .onRef('update.seq', '=', 'measured.seq'),
    )
    .leftJoin('document', (join) =>
      join
        .on('measured.kind', '=', kind.snapshot)
        .on('document.scope', '=', scope)
        .onRef('document.snapshot_seq', '=', 'measured.seq'),
    )
    .where('scope.id', '=', scope)
    .select(['epoch', 'head', 'status', 'found', 'measured.seq', 'measured.kind'])
    .select((e) => [
      e.fn.coalesce('update.doc', 'document.doc').as('doc'),
      e.fn.coalesce('update.bytes', 'document.snapshot').as('bytes'),
    ])
    .orderBy('measured.seq') as never
})
