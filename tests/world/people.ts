import { groupScope, personScope } from '../../src/shared/words/scope.ts'
import type { Person } from './device.ts'
import type { Chance } from './random.ts'

/** Who there is in a world, and in which groups. */
export const peopleOf = (
  chance: Chance,
  tag: string,
): { people: Person[]; groups: string[]; scopes: string[] } => {
  const groups = (chance.percent(30) ? ['g1', 'g2'] : ['g1']).map((id) => groupScope(tag + id))
  const names = chance.pick([
    ['kari', 'ola'],
    ['kari', 'ola', 'anne'],
    ['kari', 'ola', 'brett'],
  ])
  const people = names.map((name): Person => {
    // A group's tablet has no scope of its own.
    const own = name === 'brett' ? null : personScope(tag + name, 'haust')
    return { id: tag + name, personScope: own, scopes: [...(own ? [own] : []), ...groups] }
  })
  return { people, groups, scopes: [...groups, ...people.flatMap((one) => one.personScope ?? [])] }
}
