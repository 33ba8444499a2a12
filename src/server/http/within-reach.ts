import type { Access, Actor } from '../../shared/domain/policy.ts'
import type { AppDeps } from '../app-deps.ts'
import { findCohort, findGroup } from '../people/read-cohort-groups.ts'
import { demand, notFound } from './route.ts'

type Db = Pick<AppDeps, 'db'>

/** The network of a cohort, if it is within the actor's reach; else it is not there. */
export const reachCohort = async (
  { db }: Db,
  actor: Actor,
  access: Access,
  cohort: string,
): Promise<{ network: string }> => {
  const found = await findCohort(db, cohort)
  if (!found) throw notFound()
  demand(actor, access, { network: found.network, cohort })
  return found
}

/** Where a group belongs, if it is within the actor's reach; else it is not there. */
export const reachGroup = async (
  { db }: Db,
  actor: Actor,
  access: Access,
  group: string,
): Promise<{ network: string; cohort: string; group: string }> => {
  const found = await findGroup(db, group)
  if (!found) throw notFound()
  const place = { ...found, group }
  demand(actor, access, place)
  return place
}
