import { takenAfterwardsMs } from '../../shared/domain/tablet.ts'
import { groupScope } from '../../shared/words/scope.ts'
import { type MembershipDeps, revokeMembership } from '../words/membership.ts'

/** Tablets whose time has been over for so long that what they still send is refused, and stays with them. Returns how many left. */
export const leaveTables = async (deps: MembershipDeps): Promise<number> => {
  const past = deps.now() - takenAfterwardsMs
  const rows = await deps.store.db
    .selectFrom('tablet')
    .innerJoin('membership', 'membership.person', 'tablet.person')
    .select(['tablet.person', 'working_group'])
    .where((e) => e.or([e('expires_at', '<=', past), e('ended_at', '<=', past)]))
    .execute()
  let left = 0
  for (const { person, working_group } of rows)
    if (await revokeMembership(deps, groupScope(working_group), person)) left++
  return left
}
