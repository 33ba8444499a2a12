import * as v from 'valibot'
import { idSchema, localTextSchema } from './text.ts'

/** One step of a gathering as an editor writes it; its guide stands in Markdown beside it. */
const activitySchema = v.strictObject({
  id: idSchema,
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(480)),
  title: localTextSchema,
  /** For those who take part. */
  text: localTextSchema,
  /** `<module>/<item>`; null takes away what a base package opens. */
  item: v.optional(v.nullable(v.string()), null),
})

/** gatherings/<stop>.yaml */
export const gatheringFileSchema = v.strictObject({
  activities: v.pipe(v.array(activitySchema), v.minLength(1)),
})
