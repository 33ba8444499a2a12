import { ofScope, only, packOf, type WordsTables } from './words-database.ts'

/** Everything of an erased scope but its row. */
export const deleteScope = async (tables: WordsTables, scope: string): Promise<void> => {
  const { docs, updates, outbox } = tables
  const [numbers, packs, unsent] = await Promise.all([
    updates.numbersOfDocuments(ofScope(scope)),
    updates.numbersOfDocuments(only(packOf(scope))),
    outbox.getAll(),
  ])
  await Promise.all([
    docs.delete(ofScope(scope)),
    ...[...numbers, ...packs].map((n) => updates.delete(only(n))),
    ...unsent.filter((row) => row.scope === scope).map((row) => outbox.delete(only(row.n))),
    forgetHeld(tables, scope),
  ])
}

export const forgetHeld = async ({ held }: WordsTables, scope: string): Promise<void> => {
  const rows = (await held.getAll()).filter((row) => row.scope === scope)
  await Promise.all(rows.map((row) => held.delete(only(row.n))))
}
