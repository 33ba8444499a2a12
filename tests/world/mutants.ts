// The known mistakes, each as the smallest change of the production sources that makes it. `npm run test:mutants` switches them in
// one at a time, and the world must see every one. A text that is not found exactly once is an error: the source has moved on.

import type { Trouble } from './weather.ts'

export interface Edit {
  /** From the root of the repository. */
  file: string
  find: string
  replace: string
}
export interface Mutant {
  name: string
  mistake: string
  /** Troubles of the worlds in which it shows soon. */
  theme?: readonly Trouble[]
  edits: readonly Edit[]
}

const push = 'src/server/sync/push.ts'
const sync = 'src/server/sync/sync.ts'
const pull = 'src/server/store/pull.ts'
const compact = 'src/server/words/compact.ts'
const membership = 'src/server/words/membership.ts'
const document = 'src/shared/words/document.ts'
const splice = 'src/shared/words/text-splice.ts'
const answer = 'src/client/storage/store-answer.ts'
const buffer = 'src/client/storage/write-buffer.ts'
const engine = 'src/client/sync/engine.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'database-sequence',
    mistake: 'each node takes its numbers from a sequence, outside the lock of the scope',
    edits: [
      {
        file: push,
        find: `    const head = scope.head + fresh.length
    if (fresh.length > 0) {
      await insertUpdates(db, id, scope.head + 1, fresh)`,
        replace: `    const sequence = ((globalThis as any).sequence ??= new Map())
    const node = id + ' ' + device
    const taken_ = sequence.get(node)
    const end = Math.max(sequence.get(id) ?? 0, scope.head)
    const mine = taken_ && taken_.next + fresh.length <= taken_.end ? taken_ : { next: end + 1, end: end + 20 }
    sequence.set(node, mine)
    sequence.set(id, Math.max(end, mine.end))
    const head = Math.max(scope.head, mine.next + fresh.length - 1)
    if (fresh.length > 0) {
      await insertUpdates(db, id, mine.next, fresh)
      mine.next += fresh.length`,
      },
    ],
  },
  {
    name: 'paging-per-document',
    mistake: 'an answer is cut at the budget of each document, not of the stream',
    edits: [
      {
        file: pull,
        find: `    .select([kind.update.as('kind'), 'seq', 'size'])`,
        replace: `    .select([kind.update.as('kind'), 'seq', 'size', 'doc'])`,
      },
      {
        file: pull,
        find: `    .select([kind.snapshot.as('kind'), 'snapshot_seq as seq', 'size'])`,
        replace: `    .select([kind.snapshot.as('kind'), 'snapshot_seq as seq', 'size', 'doc'])`,
      },
      {
        file: pull,
        find: `.over((over) => over.orderBy('seq'))`,
        replace: `.over((over) => over.partitionBy('doc').orderBy('seq'))`,
      },
    ],
  },
  {
    name: 'nested-text',
    mistake: 'a text is made in a map when somebody first writes in it',
    edits: [
      {
        file: document,
        find: `  const text = doc.getText(root)
  const splice`,
        replace: `  const nested = doc.getMap<Y.Text>('t')
  if (nested.get(root) === undefined)
    doc.transact(() => nested.set(root, new Y.Text()), 'local' satisfies Origin)
  const text = nested.get(root) as Y.Text
  const splice`,
      },
      {
        file: document,
        find: `  for (const root of [...doc.share.keys()].filter(isTextRoot).sort()) {
    const text = doc.getText(root).toString()`,
        replace: `  for (const root of [...doc.getMap('t').keys()].sort()) {
    const text = String(doc.getMap('t').get(root))`,
      },
      {
        file: 'src/shared/words/quick-plain.ts',
        find: `export const quickPlainOf = (updates: readonly Uint8Array[]): PlainDocument | null => {`,
        replace: `export const quickPlainOf = (updates: readonly Uint8Array[]): PlainDocument | null => {
  if (updates !== undefined) return null`,
      },
    ],
  },
  {
    name: 'cursor-before-data',
    mistake: 'the cursor is written in a transaction of its own, before the updates',
    edits: [
      {
        file: engine,
        find: `    const stored = await access.run((database) =>
      storeAnswer(database, {
        born,
        request: scope,`,
        replace: `    if (answer.status === 'ok')
      await access.run((database) =>
        database.transaction('readwrite', ['scopes'], ({ scopes }) =>
          scopes.put({ ...scope, status: 'ok', epoch: answer.epoch, cursor: answer.cursor }),
        ),
      )
    const stored = await access.run((database) =>
      storeAnswer(database, {
        born,
        request: { ...scope, epoch: answer.epoch, cursor: answer.cursor },`,
      },
    ],
  },
  {
    name: 'echo-suppressed-by-device',
    mistake:
      'the server leaves out what came from the asking device, whatever has become of it there',
    theme: ['evict'],
    edits: [
      {
        file: sync,
        find: `  const items = pulled.items
`,
        replace: `  const mine = new Set(
    (
      await deps.store.db
        .selectFrom('update')
        .select('seq')
        .where('scope', '=', asked.id)
        .where('device', '=', device)
        .execute()
    ).map((row) => row.seq),
  )
  const items = pulled.items
    .filter(({ seq }) => !mine.has(seq))
`,
      },
    ],
  },
  {
    name: 'answer-for-another-database',
    mistake: 'an answer is stored in a database that has been emptied since the question',
    theme: ['evict'],
    edits: [
      {
        file: answer,
        find: `      if (result.born !== born) return { ...result, overtaken: true }`,
        replace: `      if (result.born === born + '?') return { ...result, overtaken: true }`,
      },
      {
        file: answer,
        find: `      if (scope.epoch !== request.epoch) return { ...result, overtaken: true }
`,
        replace: '',
      },
      {
        file: answer,
        find: `      if (scope.cursor < request.cursor) return { ...result, overtaken: true }
`,
        replace: '',
      },
    ],
  },
  {
    name: 'no-epoch',
    mistake: 'nobody notices that a backup was restored',
    theme: ['restore'],
    edits: [
      {
        file: sync,
        find: `asked.epoch === epoch && asked.cursor <= before ? asked.cursor : 0`,
        replace: `asked.cursor <= before ? asked.cursor : 0`,
      },
      {
        file: answer,
        find: `scope.epoch !== null && (scope.epoch !== answer.epoch || answer.cursor < request.cursor)`,
        replace: `false`,
      },
    ],
  },
  {
    name: 'buffer-cleared-early',
    mistake: 'the buffer is emptied when its transaction begins',
    edits: [
      {
        file: buffer,
        find: `      await parts.write(batch)
`,
        replace: `      for (const write of batch) entries.delete(write)
      await parts.write(batch)
`,
      },
    ],
  },
  {
    name: 'naive-diff-in-surrogates',
    mistake: 'a difference may begin or end within a character',
    edits: [
      {
        file: splice,
        find: `  if (cutsPair(before, start) || cutsPair(after, start)) start--`,
        replace: '',
      },
      {
        file: splice,
        find: `  if (cutsPair(before, before.length - end) || cutsPair(after, after.length - end)) end--`,
        replace: '',
      },
    ],
  },
  {
    name: 'whole-text-replaced',
    mistake: 'a changed text is deleted and written anew',
    theme: ['crowd'],
    edits: [
      {
        file: splice,
        find: `  if (before === after) return null
`,
        replace: `  if (before === after) return null
  if (before !== '') return { at: 0, remove: before.length, insert: after }
`,
      },
    ],
  },
  {
    name: '401-drops-the-outbox',
    mistake: 'a session that has ended takes the unsent words with it',
    edits: [
      {
        file: engine,
        find: `      if (posted.kind !== 'answer') return posted
`,
        replace: `      if (posted.kind === 'signed-out')
        await access.run((database) =>
          database.transaction('readwrite', ['outbox'], ({ outbox }) => outbox.delete({})),
        )
      if (posted.kind !== 'answer') return posted
`,
      },
    ],
  },
  {
    name: 'held-words-dropped',
    mistake: 'what was held does not enter the scope when the membership returns',
    theme: ['membership', 'signOut'],
    edits: [
      {
        file: membership,
        find: `  await append(db, scope, held.map(asUpdate))
`,
        replace: `  await append(db, scope, held.map(asUpdate).slice(0, 0))
`,
      },
    ],
  },
  {
    name: 'revocation-only-for-writing',
    mistake: 'who has left a group still reads it',
    edits: [
      {
        file: sync,
        find: `  if (standing.role === 'former') return left(asked, epoch, acks)
`,
        replace: '',
      },
      {
        file: pull,
        find: `      join.onRef('membership.scope', '=', 'scope.id').on(
        'membership.person',
        '=',
        slot((asked) => asked.person),
      ),`,
        replace: `      join.onRef('membership.scope', '=', 'scope.id'),`,
      },
    ],
  },
  {
    name: 'healed-before-compared',
    mistake: 'a scope counts as healed before its differences are stored',
    theme: ['restore', 'kill'],
    edits: [
      {
        file: 'src/client/sync/heal.ts',
        find: `  let ids = await access.run(`,
        replace: `  await access.run((database) => words.endHealing(database, healing))
  let ids = await access.run(`,
      },
    ],
  },
  {
    name: 'compaction-without-compare',
    mistake: 'a slow compaction writes its snapshot over a newer one',
    theme: ['compact'],
    edits: [
      {
        file: compact,
        find: `    if (!isSame) return 'overtaken'
`,
        replace: `    if (!isSame && now === undefined) return 'overtaken'
`,
      },
      {
        file: compact,
        find: `    if (moved !== parts.updates) throw new Error(\`\${moved} updates where \${parts.updates} were\`)
`,
        replace: `    if (moved < 0) throw new Error()
`,
      },
    ],
  },
  {
    name: 'compaction-forgets',
    mistake: 'a compacted document has lost its deleted words, and the archive is not kept',
    edits: [
      {
        file: compact,
        find: `    const moved = await documentStore.archive(db, scope, doc, parts.seq)
`,
        replace: `    const moved = await documentStore.archive(db, scope, doc, parts.seq)
    await db.deleteFrom('archive').where('doc', '=', doc).execute()
`,
      },
    ],
  },
  {
    name: 'snapshot-in-two-statements',
    mistake: 'snapshots and the updates after them are read at two moments',
    theme: ['compact'],
    edits: [
      {
        file: pull,
        find: `  const rows = await selectItems(db, asked, 0)
  const [first] = rows
`,
        replace: `  const earlier = await selectItems(db, asked, 0)
  for (const _ of 'abcd') await new Promise((done) => setImmediate(done))
  const later = await selectItems(db, asked, 0)
  const rows = [...earlier.filter((row) => row.kind === 1), ...later.filter((row) => row.kind === 0)]
    .sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
  const [first] = later
`,
      },
      {
        file: pull,
        find: `  const cut = items.length < (found ?? 0) || found === mostItems
`,
        replace: `  const cut = later.length < (found ?? 0)
`,
      },
    ],
  },
  {
    name: 'acknowledged-before-the-commit',
    mistake: 'the answer leaves while the transaction may still fail',
    edits: [
      {
        file: sync,
        find: `  const taken = await takePushes(deps, { scope: id, person, device, pushes })
`,
        replace: `  const taken = await takePushes(deps, { scope: id, person, device, pushes }).catch(
    async () => {
      const standing = await standingOf(deps.store.db, id, person)
      return standing.scope && standing.role
        ? ({ ...standing.scope, role: standing.role, before: standing.scope.head, accepted: [], known: new Set(), acks: pushes.map(() => 'accepted') } as Taken)
        : null
    },
  )
`,
      },
    ],
  },
  {
    name: 'cursor-jumps-to-the-head',
    mistake: 'an answer that was cut moves the cursor to the end',
    edits: [
      {
        file: sync,
        find: `  const cursor = pulled.cut ? (pulled.items.at(-1)?.seq ?? from) : pulled.head
`,
        replace: `  const cursor = pulled.head
`,
      },
    ],
  },
  {
    name: 'hidden-page-keeps-nothing',
    mistake: 'a page that hides trusts its transaction to live to its end',
    edits: [
      {
        file: 'src/client/storage/open-document.ts',
        find: `      // The transaction may not live to its completion: iOS stops a page in the middle of one.
      keepInRescue()
`,
        replace: '',
      },
    ],
  },
  {
    name: 'healing-collects-garbage',
    mistake: 'what a healing gives back has lost its deleted words',
    theme: ['restore'],
    edits: [
      {
        file: 'src/client/storage/heal-words.ts',
        find: `createDocument(await updatesOf(tables.updates, id), { gc: false })`,
        replace: `createDocument(await updatesOf(tables.updates, id))`,
      },
    ],
  },
  {
    name: 'left-without-epoch',
    mistake: 'who has left is not told that a backup was restored',
    theme: ['membership', 'restore', 'signOut'],
    edits: [
      {
        file: sync,
        find: `if (standing.role === 'former') return left(asked, epoch, acks)`,
        replace: `if (standing.role === 'former') return left(asked, asked.epoch, acks)`,
      },
    ],
  },
  {
    name: 'relaxed-durability',
    mistake: 'the device reports a transaction complete before its bytes are on the disk',
    edits: [
      {
        file: 'tests/world/memory-database.ts',
        find: `const strict = true
`,
        replace: `const strict: boolean = false
`,
      },
    ],
  },
]
