import { randomUUID } from 'node:crypto'
import type { Database } from '../store/schema.ts'

export interface Act {
  /** Of what is found again when it is asked twice; else a random one. */
  id?: string
  network: string
  /** The administrator; null = whoever runs the server. */
  by: string | null
  /** Such as `person.invited`: what it is about, and what was done. */
  act: string
  /** Id of what it is about. */
  subject: string | null
  /** Ids, counts and dates, never what people wrote. */
  detail?: Record<string, string | number | boolean | null>
}

/** Notes an administrative act, in the transaction that does it. */
export const recordAct = async (
  db: Database,
  { id = randomUUID(), network, by, act, subject, detail = {} }: Act,
  now: number,
): Promise<void> => {
  await db
    .insertInto('administrative_act')
    .values({
      id,
      network,
      at: now,
      by_person: by,
      act,
      subject,
      detail: JSON.stringify(detail),
    })
    .execute()
}
