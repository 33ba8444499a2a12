import * as v from 'valibot'
import { certificateRuleSchema } from './programme.ts'
import { localTextSchema } from './text.ts'

const minutes = v.pipe(v.number(), v.integer(), v.minValue(0))
const day = v.pipe(v.string(), v.isoDate())
const named = v.strictObject({ id: v.string(), title: localTextSchema })
const hours = v.pipe(v.number(), v.minValue(0))

/** How far somebody is from the certificate, and what it would say today. */
export const certificateStandingSchema = v.strictObject({
  rule: certificateRuleSchema,
  met: v.boolean(),
  /** Of the required items that they meet. */
  doneMinutes: minutes,
  requiredMinutes: minutes,
  /** Of what the rule asks for. */
  missingMinutes: minutes,
  missingStops: v.array(named),
  /** Own time that is done, and the hours of gatherings that have been held. */
  ownMinutes: minutes,
  gatheringMinutes: minutes,
  /** Those in which the rule's share is done. */
  modules: v.array(named),
  /** What the done items train. */
  abilities: v.array(named),
})
export type CertificateStanding = v.InferOutput<typeof certificateStandingSchema>

/** What stands on a certificate, as it is stored. */
export const certificateBodySchema = v.strictObject({
  name: v.string(),
  municipality: v.nullable(v.string()),
  network: v.string(),
  programme: localTextSchema,
  cohort: v.string(),
  /** The first day of the cohort; null = it has no days. */
  from: v.nullable(day),
  ownMinutes: minutes,
  gatheringMinutes: minutes,
  modules: v.array(localTextSchema),
  abilities: v.array(localTextSchema),
})
export type CertificateBody = v.InferOutput<typeof certificateBodySchema>

export const issuedCertificateSchema = v.strictObject({
  /** In groups of four, as people read and type it. */
  code: v.string(),
  issuedOn: day,
  body: certificateBodySchema,
})
export type IssuedCertificate = v.InferOutput<typeof issuedCertificateSchema>

/** A person's own: `standing` null = the programme has none, or `anonymous`: nobody knows their name. */
export const ownCertificateSchema = v.strictObject({
  anonymous: v.boolean(),
  standing: v.nullable(certificateStandingSchema),
  issued: v.nullable(issuedCertificateSchema),
})
export type OwnCertificate = v.InferOutput<typeof ownCertificateSchema>

/** What anybody who has the code is told: that it is true, and no more than the paper says. */
export const verifiedCertificateSchema = v.strictObject({
  name: v.string(),
  programme: localTextSchema,
  hours,
  modules: v.array(localTextSchema),
  issuedOn: day,
})
export type VerifiedCertificate = v.InferOutput<typeof verifiedCertificateSchema>
