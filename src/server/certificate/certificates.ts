import * as v from 'valibot'
import {
  type CertificateBody,
  certificateBodySchema,
  type IssuedCertificate,
  type OwnCertificate,
  type VerifiedCertificate,
} from '../../shared/domain/certificate.ts'
import { hoursOf } from '../../shared/domain/certificate-standing.ts'
import { dayOf } from '../people/retention.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { codeOf, grouped, newCode } from './code.ts'
import { type CertificateDeps, readStanding, type StandingFailure } from './read-standing.ts'

interface IssueDeps extends Omit<CertificateDeps, 'db'> {
  store: Store
}
export type IssueFailure = StandingFailure | 'not-met'

/** A person's own certificate, and how far they are from it. */
export const readOwnCertificate = async (
  deps: CertificateDeps,
  person: string,
): Promise<OwnCertificate | StandingFailure> => {
  const read = await readStanding(deps, person)
  if (typeof read === 'string') return read
  const { run, anonymous, standing } = read
  const row = await rowOf(deps.db, person, run)
  return { anonymous, standing: anonymous ? null : standing, issued: row ? issuedOf(row) : null }
}

/** The certificate that a person has in their run; null if they have none. */
export const readIssued = async (
  db: Database,
  person: string,
): Promise<IssuedCertificate | null> => {
  const row = await db
    .selectFrom('certificate')
    .innerJoin('person', 'person.id', 'certificate.person')
    .innerJoin('cohort', 'cohort.id', 'person.cohort')
    .select(['code', 'issued_at', 'body'])
    .where('certificate.person', '=', person)
    .whereRef('certificate.run', '=', 'cohort.run')
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return row ? issuedOf(row) : null
}

/**
 * Issues a person's certificate: one for each run, under one code for ever. Asked again after more is done it says more; it never
 * says less, whatever has been marked as not done since. The progress is read before the transaction, since it may take its time.
 */
export const issueCertificate = async (
  { store, merging, now }: IssueDeps,
  person: string,
): Promise<IssuedCertificate | IssueFailure> => {
  const read = await readStanding({ db: store.db, merging, now }, person)
  if (typeof read === 'string') return read
  const { run, anonymous, standing, body } = read
  return store.write(async (db) => {
    // Holds the person: two who ask at once get one code, and one who is erased meanwhile gets none.
    const { numUpdatedRows } = await db
      .updateTable('person')
      .set((e) => ({ name: e.ref('name') }))
      .where('id', '=', person)
      .where('erased_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) return 'not-found'
    const before = await rowOf(db, person, run)
    const isIssuable = body !== null && standing?.met === true && !anonymous
    if (!isIssuable) return before ? issuedOf(before) : 'not-met'
    if (before && !saysMore(body, issuedOf(before).body)) return issuedOf(before)
    const values = { issued_at: now(), body: JSON.stringify(body) }
    if (before) {
      await db.updateTable('certificate').set(values).where('code', '=', before.code).execute()
      return issuedOf({ code: before.code, ...values })
    }
    const code = newCode()
    await db
      .insertInto('certificate')
      .values({ code, person, run, ...values })
      .execute()
    return issuedOf({ code, ...values })
  })
}

/** What anybody is told who has a code; null if it is none, or its person has been erased. */
export const verifyCertificate = async (
  db: Database,
  typed: string,
): Promise<VerifiedCertificate | null> => {
  const code = codeOf(typed)
  if (code === null) return null
  const row = await db
    .selectFrom('certificate')
    .innerJoin('person', 'person.id', 'certificate.person')
    .select(['code', 'issued_at', 'body'])
    .where('code', '=', code)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const { body, issuedOn } = issuedOf(row)
  const { name, programme, modules, ownMinutes, gatheringMinutes } = body
  return { name, programme, hours: hoursOf(ownMinutes + gatheringMinutes), modules, issuedOn }
}

interface Row {
  code: string
  issued_at: number
  body: string
}

const rowOf = (db: Database, person: string, run: string): Promise<Row | undefined> =>
  db
    .selectFrom('certificate')
    .select(['code', 'issued_at', 'body'])
    .where('person', '=', person)
    .where('run', '=', run)
    .executeTakeFirst()

const issuedOf = ({ code, issued_at, body }: Row): IssuedCertificate => ({
  code: grouped(code),
  issuedOn: dayOf(issued_at),
  body: v.parse(certificateBodySchema, JSON.parse(body)),
})

const saysMore = (now: CertificateBody, before: CertificateBody): boolean =>
  now.ownMinutes >= before.ownMinutes &&
  now.gatheringMinutes >= before.gatheringMinutes &&
  now.modules.length >= before.modules.length &&
  JSON.stringify(now) !== JSON.stringify(v.parse(certificateBodySchema, before))
