// What a person takes out: all that the server has of them, as one JSON file. This is its format, version 1; docs/privacy.md says it
// in words. Times are ISO 8601 in UTC. A later version adds fields, or raises the number.
import * as v from 'valibot'
import { localTextSchema } from './text.ts'

export const ownDataFormat = { format: 'loft-own-data', version: 1 } as const
export const ownDataFileName = 'loft-eigne-data.json'
export const ownDataPageName = 'loft-eigne-data.html'

const time = v.pipe(v.string(), v.isoTimestamp())
const maybe = v.nullable(v.string())
const scalarSchema = v.nullable(v.union([v.string(), v.number(), v.boolean(), v.array(v.string())]))

/** One answer: a text, a choice, or a table. `question` is null where the programme has it no more. */
export const ownAnswerSchema = v.strictObject({
  field: v.string(),
  question: v.nullable(localTextSchema),
  /** `agreed` = what the group wrote under "Det vi er einige om". */
  kind: v.picklist(['text', 'note', 'agreed', 'choice', 'table']),
  /** Copied from a group that the person has left. */
  fromGroup: v.boolean(),
  text: v.optional(v.string()),
  /** As it is stored, and as the page says it. */
  value: v.optional(scalarSchema),
  chosen: v.optional(v.array(localTextSchema)),
  rows: v.optional(
    v.array(
      v.strictObject({
        /** Taken out of the table, and stored yet. */
        removed: v.boolean(),
        cells: v.array(
          v.strictObject({
            column: v.string(),
            label: v.nullable(localTextSchema),
            text: v.string(),
          }),
        ),
      }),
    ),
  ),
})
export type OwnAnswer = v.InferOutput<typeof ownAnswerSchema>

/** What somebody has written in one item. */
export const ownDocumentSchema = v.strictObject({
  document: v.string(),
  /** `held` = written for a group after leaving it: nobody else reads it. */
  kind: v.picklist(['own', 'group', 'held', 'progress']),
  group: maybe,
  item: v.nullable(v.strictObject({ id: v.string(), title: localTextSchema })),
  module: v.nullable(localTextSchema),
  changedAt: v.nullable(time),
  /** The person handed this in for the group, the last time that it was. */
  handedInAt: v.optional(time),
  answers: v.array(ownAnswerSchema),
  progress: v.optional(
    v.array(
      v.strictObject({
        item: v.string(),
        title: v.nullable(localTextSchema),
        furthest: v.number(),
        resume: v.nullable(v.number()),
        done: v.boolean(),
      }),
    ),
  ),
  /** The same as it is stored (src/shared/words/roots.ts). */
  stored: v.strictObject({
    texts: v.record(v.string(), v.string()),
    scalars: v.record(v.string(), scalarSchema),
  }),
  /** There is more that could not be read as words: as Yjs updates in base64, where they are the person's alone. */
  unread: v.optional(v.array(v.string())),
})
export type OwnDocument = v.InferOutput<typeof ownDocumentSchema>

/** Everything but the words. */
export const ownFactsSchema = v.strictObject({
  person: v.strictObject({
    id: v.string(),
    name: v.string(),
    anonymous: v.boolean(),
    email: maybe,
    municipality: v.nullable(v.strictObject({ number: v.string(), name: v.string() })),
    serviceArea: maybe,
    roles: v.array(v.string()),
    audiences: v.array(v.string()),
    network: v.string(),
    run: v.string(),
    cohort: v.string(),
    groups: v.array(v.strictObject({ id: v.string(), name: maybe, leftAt: v.nullable(time) })),
    worksWith: v.array(v.string()),
    resourceFor: v.array(v.strictObject({ municipality: v.string(), audience: v.string() })),
  }),
  devices: v.array(v.strictObject({ label: maybe, signedInAt: time, usedAt: time })),
  invitations: v.array(
    v.strictObject({
      madeAt: time,
      expiresAt: time,
      usedAt: v.nullable(time),
      mail: v.string(),
      mailAt: v.nullable(time),
    }),
  ),
  /** Codes that let another device in. */
  codes: v.array(v.strictObject({ expiresAt: v.nullable(time), usesLeft: v.nullable(v.number()) })),
  identities: v.array(v.strictObject({ issuer: v.string(), subject: v.string(), boundAt: time })),
  calendarFeeds: v.array(v.strictObject({ madeAt: time })),
  certificates: v.array(v.strictObject({ code: v.string(), issuedAt: time, body: v.unknown() })),
  reports: v.array(
    v.strictObject({
      item: v.string(),
      language: v.string(),
      text: v.string(),
      sentAt: time,
      closedAt: v.nullable(time),
    }),
  ),
  /** Where the person's answer is, or was, counted in a sum. */
  countedIn: v.array(v.strictObject({ item: v.string(), field: v.string() })),
  waitingLists: v.array(
    v.strictObject({
      cohort: v.string(),
      name: v.string(),
      audience: v.string(),
      serviceArea: maybe,
      askedAt: time,
    }),
  ),
  contacts: v.array(v.strictObject({ name: v.string(), task: v.string(), phone: maybe })),
  /** What the person has done as an administrator. */
  acts: v.array(v.strictObject({ at: time, act: v.string(), subject: maybe, detail: v.unknown() })),
  /** What administrators have done that was about the person. */
  actsAbout: v.array(v.strictObject({ at: time, act: v.string(), detail: v.unknown() })),
})
export type OwnFacts = v.InferOutput<typeof ownFactsSchema>

export const ownDataSchema = v.strictObject({
  format: v.literal(ownDataFormat.format),
  version: v.literal(ownDataFormat.version),
  madeAt: time,
  ...ownFactsSchema.entries,
  words: v.array(ownDocumentSchema),
})
export type OwnData = v.InferOutput<typeof ownDataSchema>
