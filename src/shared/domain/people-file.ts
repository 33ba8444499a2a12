import * as v from 'valibot'

export const peopleFileLimits = { bytes: 1_000_000, rows: 2_000, textLength: 120 } as const

/** In small letters. */
export const emailSchema = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(254),
  v.email(),
)

/** What a file says of a person, in the order in which the page shows it. */
export const peopleColumns = [
  'name',
  'email',
  'municipality',
  'audience',
  'role',
  'serviceArea',
  'cohort',
] as const
export const peopleColumnSchema = v.picklist(peopleColumns)
export type PeopleColumn = v.InferOutput<typeof peopleColumnSchema>

/**
 * What may be wrong with a file. The texts stand in locales, `admin:fileProblem.<code>`, and are given `value` and what stands in
 * `detail`: `nearest` = what was probably meant, or ''.
 */
export const fileProblems = [
  'too-large', // limit: bytes
  'too-many-rows', // limit
  'not-text',
  'empty-file',
  'missing-column',
  'column-twice', // value = the second heading
  'quote-not-closed',
  'too-many-cells', // value = the first cell too many
  'missing-value',
  'too-long', // limit
  'invalid-email',
  'duplicate-email', // firstLine
  'unknown-municipality', // nearest
  'ambiguous-municipality',
  'unknown-audience', // nearest
  'unknown-role', // nearest
  'unknown-service-area', // nearest
  'unknown-cohort', // nearest
  'ambiguous-cohort',
  'over-capacity', // value = the cohort; capacity, taken, wanted
  'moves-cohort', // value = the cohort in the file; current
  'last-administrator',
] as const

export const fileProblemSchema = v.strictObject({
  code: v.picklist(fileProblems),
  /** As an editor shows it, from 1; null = the whole file. */
  line: v.nullable(v.number()),
  column: v.nullable(peopleColumnSchema),
  /** What stands there. */
  value: v.nullable(v.string()),
  detail: v.record(v.string(), v.union([v.string(), v.number()])),
})
export type FileProblem = v.InferOutput<typeof fileProblemSchema>

export const previewRowSchema = v.strictObject({
  line: v.number(),
  name: v.string(),
  email: v.string(),
  /** null = the row has a problem. */
  outcome: v.nullable(v.picklist(['new', 'changed', 'same'])),
  /** What would be changed. */
  changes: v.array(peopleColumnSchema),
  problems: v.array(fileProblemSchema),
})
export type PreviewRow = v.InferOutput<typeof previewRowSchema>

/** What importing a file would do, and after an import what it has done: nothing, if there is one problem. */
export const peoplePreviewSchema = v.strictObject({
  imported: v.boolean(),
  /** Of the file as a whole; those of a row stand there. */
  problems: v.array(fileProblemSchema),
  rows: v.array(previewRowSchema),
  counts: v.strictObject({
    new: v.number(),
    changed: v.number(),
    same: v.number(),
    problems: v.number(),
  }),
  /** Headings that mean nothing here: what stands below them is not read. */
  ignored: v.array(v.string()),
})
export type PeoplePreview = v.InferOutput<typeof peoplePreviewSchema>
