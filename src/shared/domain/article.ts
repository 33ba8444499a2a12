import * as v from 'valibot'

/** Running text as the page draws it: made from Markdown at import, so that no page parses Markdown. */
const inlineSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), text: v.string() }),
  v.strictObject({ kind: v.literal('strong'), text: v.string() }),
  v.strictObject({
    kind: v.literal('link'),
    text: v.string(),
    href: v.pipe(v.string(), v.startsWith('https://')),
  }),
  v.strictObject({ kind: v.literal('term'), text: v.string(), term: v.string() }),
])
export type Inline = v.InferOutput<typeof inlineSchema>

const inlines = v.array(inlineSchema)
const paragraphSchema = v.strictObject({ kind: v.literal('paragraph'), inlines })
const listSchema = v.strictObject({
  kind: v.picklist(['list', 'steps']),
  items: v.array(inlines),
})

export const blockSchema = v.union([
  paragraphSchema,
  listSchema,
  v.strictObject({ kind: v.literal('heading'), level: v.picklist([2, 3]), text: v.string() }),
  v.strictObject({ kind: v.literal('quote'), text: v.string() }),
  v.strictObject({
    kind: v.literal('note'),
    tone: v.picklist(['note', 'small', 'large']),
    heading: v.string(),
    blocks: v.array(v.union([paragraphSchema, listSchema])),
  }),
  /** `svg` is checked at import: shapes and classes only, no script, no reference outwards. */
  v.strictObject({ kind: v.literal('drawing'), svg: v.string(), caption: v.string() }),
])
export type Block = v.InferOutput<typeof blockSchema>

export const cueSchema = v.strictObject({
  start: v.number(), // seconds
  end: v.number(),
  text: v.string(),
})
export type Cue = v.InferOutput<typeof cueSchema>

/** The text of one item in one language: what is fetched, kept and addressed by its hash. */
export const itemTextSchema = v.strictObject({
  blocks: v.array(blockSchema),
  cues: v.array(cueSchema),
  describedCues: v.array(cueSchema),
  chapters: v.array(cueSchema),
})
export type ItemText = v.InferOutput<typeof itemTextSchema>
