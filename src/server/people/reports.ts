import * as v from 'valibot'
import type { Report, ReportList } from '../../shared/domain/report.ts'
import { languageSchema } from '../../shared/domain/text.ts'
import type { Database } from '../store/schema.ts'
import { recordAct } from './acts.ts'
import type { By } from './cohorts.ts'

/** Sent again, it is no second one. Of somebody who is erased meanwhile nothing is stored. */
export const storeReport = async (
  db: Database,
  { network, by }: By,
  { id, package: pack, version, item, language, text }: Report,
  now: number,
): Promise<void> => {
  // Holds the person: an erasure comes before this, or finds the report.
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', '=', by)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return
  await db
    .insertInto('content_report')
    .values({
      id,
      network,
      person: by,
      package: pack,
      version,
      item,
      language,
      body: text,
      sent_at: now,
      closed_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Those that nobody has closed, the oldest first. */
export const readReports = async (
  db: Database,
  network: string,
): Promise<ReportList['reports']> => {
  const rows = await db
    .selectFrom('content_report')
    .leftJoin('person', (join) =>
      join.onRef('person.id', '=', 'content_report.person').on('erased_at', 'is', null),
    )
    .select(['content_report.id', 'package', 'version', 'item', 'language', 'body', 'sent_at'])
    .select('person.name as by')
    .where('network', '=', network)
    .where('closed_at', 'is', null)
    .orderBy('sent_at')
    .orderBy('content_report.id')
    .execute()
  return rows.map(({ body, sent_at, language, ...row }) => ({
    ...row,
    language: v.parse(languageSchema, language),
    text: body,
    sentAt: Number(sent_at),
  }))
}

/** False if there is no such report. */
export const closeReport = async (
  db: Database,
  { network, by }: By,
  id: string,
  closed: boolean,
  now: number,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('content_report')
    .set({ closed_at: closed ? now : null })
    .where('id', '=', id)
    .where('network', '=', network)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  const act = closed ? 'report.closed' : 'report.opened'
  await recordAct(db, { network, by, act, subject: null }, now)
  return true
}
