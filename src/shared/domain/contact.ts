import * as v from 'valibot'
import { emailSchema } from './people-file.ts'
import { lineSchema } from './text.ts'

/** Somebody to ask: of one municipality, or of the whole network. */
export const contactSchema = v.strictObject({
  id: v.string(),
  municipality: v.nullable(v.strictObject({ number: v.string(), name: v.string() })),
  name: v.string(),
  /** What one can ask them about. */
  task: v.string(),
  email: v.nullable(v.string()),
  phone: v.nullable(v.string()),
})
export type Contact = v.InferOutput<typeof contactSchema>

/** `GET /api/v1/contacts`: those of the network, and of one's own municipality. */
export const contactListSchema = v.strictObject({ contacts: v.array(contactSchema) })

/** `GET /api/v1/admin/contacts`: all, and where one may have some. */
export const allContactsSchema = v.strictObject({
  contacts: v.array(contactSchema),
  municipalities: v.array(v.strictObject({ number: v.string(), name: v.string() })),
})
export type AllContacts = v.InferOutput<typeof allContactsSchema>

export const contactBodySchema = v.strictObject({
  municipality: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}$/))),
  name: lineSchema(120),
  task: lineSchema(200),
  email: v.nullable(emailSchema),
  phone: v.nullable(v.pipe(lineSchema(30), v.regex(/^\+?[\d ()-]+$/))),
})
export type ContactBody = v.InferOutput<typeof contactBodySchema>
