import * as v from 'valibot'
import { longestReport } from './longest-report.ts'
import { idSchema, languageSchema, proseSchema, versionSchema } from './text.ts'

/** Made by the device, so that a report that is sent again is not a second one. */
export const reportIdSchema = v.pipe(v.string(), v.regex(/^[\w-]{20,64}$/))

/** `POST /api/v1/reports`: «Meld frå om feil», what somebody has to say of an item. */
export const reportSchema = v.strictObject({
  id: reportIdSchema,
  package: idSchema,
  version: versionSchema,
  /** An item's id, `<package>.<module or track>.<item>`. */
  item: v.pipe(v.string(), v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+){2}$/), v.maxLength(200)),
  language: languageSchema,
  text: proseSchema(longestReport),
})
export type Report = v.InferOutput<typeof reportSchema>

/** `GET /api/v1/admin/reports`: the oldest first. */
export const reportListSchema = v.strictObject({
  reports: v.array(
    v.strictObject({
      ...reportSchema.entries,
      /** Who has sent it; null = they were erased. */
      by: v.nullable(v.string()),
      sentAt: v.number(),
    }),
  ),
})
export type ReportList = v.InferOutput<typeof reportListSchema>
export const reportChangeSchema = v.strictObject({ closed: v.boolean() })
