import * as v from 'valibot'
import { emailSchema, peopleFileLimits } from './people-file.ts'
import { roleSchema } from './person.ts'
import { serviceAreaSchema } from './service-area.ts'
import { idSchema, lineSchema, localTextSchema } from './text.ts'

/** How far somebody's latest invitation has come; `shown` = there was no mail, an administrator was shown the link. */
export const invitationProgressSchema = v.picklist([
  'none',
  'shown',
  'waiting',
  'sent',
  'failed',
  'opened',
  'expired',
])
export type InvitationProgress = v.InferOutput<typeof invitationProgressSchema>

export const listedPersonSchema = v.strictObject({
  id: v.string(),
  name: v.string(),
  /** Null for those who have none, and for whoever may not see it. */
  email: v.nullable(v.string()),
  municipality: v.nullable(v.string()),
  /** The first one is what their line is made for. */
  audiences: v.array(v.string()),
  roles: v.array(roleSchema),
  serviceArea: v.nullable(serviceAreaSchema),
  cohort: v.string(),
  /** The cohorts that they facilitate. */
  facilitates: v.array(v.string()),
  invitation: v.strictObject({ progress: invitationProgressSchema, at: v.nullable(v.number()) }),
})
export type ListedPerson = v.InferOutput<typeof listedPersonSchema>

/** `GET /api/v1/admin/people`: everybody who is here by name, and what they may belong to. */
export const peopleListSchema = v.strictObject({
  people: v.array(listedPersonSchema),
  cohorts: v.array(v.strictObject({ id: v.string(), name: v.string() })),
  municipalities: v.array(v.strictObject({ number: v.string(), name: v.string() })),
  audiences: v.array(v.strictObject({ id: v.string(), title: localTextSchema })),
  /** Invitations go by mail; else their links are shown. */
  mail: v.boolean(),
})
export type PeopleList = v.InferOutput<typeof peopleListSchema>

const personId = v.pipe(v.string(), v.regex(/^[\w-]{1,80}$/))
const someOf = <T extends v.GenericSchema>(one: T, most: number) =>
  v.pipe(v.array(one), v.maxLength(most))

/** A tablet is one by its table alone. */
export const givenRoleSchema = v.picklist(
  roleSchema.options.filter((role) => role !== 'group-tablet'),
)

/** What an administrator says of a person. Address and cohort stay as they are once somebody is there. */
export const personChangeSchema = v.strictObject({
  name: lineSchema(peopleFileLimits.textLength),
  municipality: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}$/))),
  audiences: someOf(idSchema, 10),
  roles: v.pipe(someOf(givenRoleSchema, 5), v.minLength(1)),
  serviceArea: v.nullable(serviceAreaSchema),
  facilitates: someOf(personId, 100),
})
export type PersonChange = v.InferOutput<typeof personChangeSchema>

export const newPersonSchema = v.strictObject({
  ...personChangeSchema.entries,
  email: emailSchema,
  cohort: personId,
})
export type NewPerson = v.InferOutput<typeof newPersonSchema>

/** `POST /api/v1/admin/invitations` */
export const invitingSchema = v.strictObject({
  people: v.pipe(v.array(personId), v.minLength(1), v.maxLength(2000)),
})
export const invitedSchema = v.strictObject({
  mails: v.number(),
  /** Told here and never again. */
  links: v.array(v.strictObject({ person: v.string(), code: v.string() })),
  left: v.array(v.string()),
})
export type Invited = v.InferOutput<typeof invitedSchema>
