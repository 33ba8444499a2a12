import * as v from 'valibot'
import { sizeClassSchema } from './field.ts'
import { roleSchema } from './person.ts'
import { serviceAreaSchema } from './service-area.ts'
import { idSchema, lineSchema, localTextSchema } from './text.ts'

export const groupMemberSchema = v.strictObject({
  id: idSchema,
  name: v.string(),
  role: roleSchema,
  municipality: v.nullable(
    v.strictObject({ number: v.string(), name: v.string(), size: sizeClassSchema }),
  ),
  serviceArea: v.nullable(serviceAreaSchema),
})
export type GroupMember = v.InferOutput<typeof groupMemberSchema>

const groupListEntries = {
  groups: v.array(
    v.strictObject({
      id: idSchema,
      name: v.string(),
      kind: v.picklist(['leadership', 'service-area']),
      municipality: v.nullable(v.string()),
      /** The gathering that it is for. */
      stop: v.nullable(idSchema),
      /** Somebody has written in it: it stays, even without people. */
      written: v.boolean(),
      /** A tablet may be at its table, with words under way: it stays as well. */
      hasTable: v.boolean(),
      people: v.array(groupMemberSchema),
    }),
  ),
  /** Whom groups may be made of: everybody of the cohort who takes part by name, and is not of a track of their own. */
  people: v.array(groupMemberSchema),
}

/** The groups of a cohort: the leadership groups, and those of each gathering. */
export const groupListSchema = v.strictObject(groupListEntries)
export type GroupList = v.InferOutput<typeof groupListSchema>
export type ListedGroup = GroupList['groups'][number]

/** Groups that are made anew never take such a one away. */
export const stays = ({ written, hasTable }: Pick<ListedGroup, 'written' | 'hasTable'>): boolean =>
  written || hasTable

/** `GET /api/v1/admin/cohorts/:id/groups`: with the gatherings that groups may be made for, in the order of travel. */
export const cohortGroupsSchema = v.strictObject({
  cohort: v.strictObject({ id: v.string(), name: v.string() }),
  gatherings: v.array(
    v.strictObject({
      stop: idSchema,
      title: localTextSchema,
      starts: v.nullable(v.string()),
      ends: v.nullable(v.string()),
      place: v.nullable(v.string()),
    }),
  ),
  ...groupListEntries,
})
export type CohortGroups = v.InferOutput<typeof cohortGroupsSchema>

/** What an administrator has settled on for a gathering. */
export const appliedGroupsSchema = v.strictObject({
  groups: v.pipe(
    v.array(
      v.strictObject({
        name: lineSchema(120),
        people: v.pipe(v.array(idSchema), v.minLength(1)),
      }),
    ),
    v.maxLength(100),
  ),
})
export type AppliedGroups = v.InferOutput<typeof appliedGroupsSchema>

export const groupNameSchema = v.strictObject({ name: lineSchema(120) })

/** A person from one group to another of the cohort; null = from or to none. */
export const moveSchema = v.pipe(
  v.strictObject({ person: idSchema, from: v.nullable(idSchema), to: v.nullable(idSchema) }),
  v.check(({ from, to }) => from !== to, 'from one group to another'),
)
export type Move = v.InferOutput<typeof moveSchema>
