import * as v from 'valibot'
import { daySchema, idParam } from './administration.ts'
import { emailSchema } from './people-file.ts'
import { audienceSchema } from './programme.ts'
import { serviceAreaSchema } from './service-area.ts'
import { idSchema, lineSchema, localTextSchema } from './text.ts'

// A municipality registers its people for a cohort, by a link that an administrator has made for it.

export const mostRegistrants = 30
/** By one link, counted as they are sent. */
export const mostByLink = 200
/** Days that a link is open, unless the administrator says another. */
export const usualLinkDays = 60
export const longestLinkDays = 366

/** Of each in a form: `too-long`, `missing` and so on are said by the page, which asks these. */
export const registrantSchema = v.strictObject({
  name: lineSchema(120),
  email: emailSchema,
  audience: idSchema,
  serviceArea: v.nullable(serviceAreaSchema),
})
export type Registrant = v.InferOutput<typeof registrantSchema>

export const attemptSchema = v.pipe(v.string(), v.regex(/^[\w-]{20,64}$/))

/** `attempt` = random, by the page: sent twice, it registers once. */
export const registrationSchema = v.strictObject({
  attempt: attemptSchema,
  people: v.pipe(
    v.array(registrantSchema),
    v.minLength(1),
    v.maxLength(mostRegistrants),
    v.check(
      (people) => new Set(people.map(({ email }) => email)).size === people.length,
      'an address stands twice',
    ),
  ),
})
export type Registration = v.InferOutput<typeof registrationSchema>

/** `GET /api/v1/registration/:token`: what is to be known before one registers. Nobody who is registered. */
export const registrationSightSchema = v.strictObject({
  network: v.string(),
  cohort: v.string(),
  /** Null while the programme has not been published here. */
  programme: v.nullable(localTextSchema),
  municipality: v.string(),
  capacity: v.number(),
  /** Seats that the next ones get; none while somebody waits. */
  free: v.number(),
  audiences: v.array(audienceSchema),
  gatherings: v.array(
    v.strictObject({
      stop: v.string(),
      title: localTextSchema,
      starts: v.nullable(v.string()),
      ends: v.nullable(v.string()),
      place: v.nullable(v.string()),
    }),
  ),
  /** Ms since 1970. */
  expiresAt: v.number(),
})
export type RegistrationSight = v.InferOutput<typeof registrationSightSchema>

/** The first `seats` of those who were sent have got a seat, the others stand on the waiting list. */
export const registeredSchema = v.strictObject({ seats: v.number(), waiting: v.number() })
export type Registered = v.InferOutput<typeof registeredSchema>

export const newLinkSchema = v.strictObject({ municipality: idParam, lastDay: daySchema })
export type NewLink = v.InferOutput<typeof newLinkSchema>
/** The token is told once. */
export const madeLinkSchema = v.strictObject({ id: v.string(), token: v.string() })

/** `GET /api/v1/admin/cohorts/:id/registration` */
export const cohortRegistrationSchema = v.strictObject({
  cohort: v.strictObject({ id: v.string(), name: v.string() }),
  capacity: v.number(),
  taken: v.number(),
  /** The newest first. */
  links: v.array(
    v.strictObject({
      id: v.string(),
      municipality: v.string(),
      madeAt: v.number(),
      expiresAt: v.number(),
      closedAt: v.nullable(v.number()),
      /** How many have been sent by it, those who were here already among them. */
      sent: v.number(),
    }),
  ),
  /** In the order in which they came. */
  waiting: v.array(
    v.strictObject({
      id: v.string(),
      name: v.string(),
      email: v.string(),
      municipality: v.string(),
      audience: v.string(),
      serviceArea: v.nullable(serviceAreaSchema),
      askedAt: v.number(),
    }),
  ),
  audiences: v.array(audienceSchema),
  municipalities: v.array(v.strictObject({ number: v.string(), name: v.string() })),
})
export type CohortRegistration = v.InferOutput<typeof cohortRegistrationSchema>
