import type { HeldAnswer } from '../../shared/protocol/history.ts'
import { type HeldPlace, membershipStore } from '../store/membership-store.ts'
import type { Store } from '../store/store.ts'
import { cutAtBudget, mostRows } from './cut-at-budget.ts'

/** What protocol/history.ts says of held words: only their author reads them. Null if `after` is no place that it has named. */
export const readHeld = async (
  { store: { db } }: { store: Store },
  person: string,
  after: string | null = null,
): Promise<HeldAnswer | null> => {
  const from = after === null ? null : placeOf(after)
  if (from === undefined) return null
  const places = await membershipStore.heldPlaces(db, person, from, mostRows + 1)
  const end = cutAtBudget(places)
  const last = places[end - 1]
  const rows = last ? await membershipStore.heldBetween(db, person, from, last) : []
  return {
    held: rows.map((row) => ({
      scope: row.scope,
      doc: row.doc,
      writtenAt: row.written_at,
      update: Buffer.from(row.bytes).toString('base64'),
    })),
    next: last && end < places.length ? nameOf(last) : null,
  }
}

const nameOf = ({ received_at, written_at, hash }: HeldPlace): string =>
  `${received_at}-${written_at}-${hash}`

const placeOf = (name: string): HeldPlace | undefined => {
  const [, received = '', written = '', hash = ''] =
    /^(\d{1,16})-(\d{1,16})-([0-9a-f]{64})$/.exec(name) ?? []
  return hash === ''
    ? undefined
    : { received_at: Number(received), written_at: Number(written), hash }
}
