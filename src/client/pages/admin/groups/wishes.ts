// What is wished for of a group: one service area, one size of municipality, nobody beside a colleague. And where that could not
// be: who sits otherwise, and why.
import type { SizeClass } from '../../../../shared/domain/field.ts'
import { fitsLimits, type GroupWishes } from '../../../../shared/domain/group-proposal.ts'
import { type ServiceArea, serviceAreas } from '../../../../shared/domain/service-area.ts'
import type { GroupMember } from '../../../../shared/domain/working-group.ts'

export interface GroupSight {
  /** Those of its people, in their own order. */
  areas: ServiceArea[]
  sizes: SizeClass[]
  missed: Missed[]
}

/** `count` = how many there are of the area, or of that size in the area, in all; `few` = too few for a group of their own. */
export type Missed = { person: GroupMember } & (
  | { wish: 'no-area' | 'no-municipality' }
  | { wish: 'area'; area: ServiceArea; count: number; few: boolean }
  | { wish: 'size'; size: SizeClass; count: number; few: boolean }
)

/** How a group is made up. `everybody` = all who take part. */
export const lookAtGroup = (
  group: readonly GroupMember[],
  everybody: readonly GroupMember[],
  wishes: GroupWishes,
): GroupSight => {
  const areas = serviceAreas.filter((area) => group.some((one) => one.serviceArea === area))
  const sizes = (['S', 'M', 'L'] as const).filter((size) =>
    group.some(({ municipality }) => municipality?.size === size),
  )
  const main = mostOf(areas, (area) => group.filter((one) => one.serviceArea === area).length)
  const ofArea = (area: ServiceArea | null) =>
    everybody.filter(({ serviceArea }) => serviceArea === area)
  const mainSize = mostOf(
    sizes,
    (size) => group.filter(({ municipality }) => municipality?.size === size).length,
  )
  const missed = group.flatMap((person): Missed[] => {
    const { serviceArea: area, municipality } = person
    if (municipality === null) return [{ person, wish: 'no-municipality' }]
    if (area === null) return [{ person, wish: 'no-area' }]
    const alike = ofArea(area)
    if (area !== main) {
      const count = alike.length
      return [{ person, wish: 'area', area, count, few: !fitsLimits(count, wishes) }]
    }
    const { size } = municipality
    if (size === mainSize) return []
    const count = alike.filter((one) => one.municipality?.size === size).length
    return [{ person, wish: 'size', size, count, few: !fitsLimits(count, wishes) }]
  })
  return { areas, sizes, missed }
}

/** The first of those with the highest count. */
const mostOf = <T>(all: readonly T[], count: (one: T) => number): T | undefined =>
  all.toSorted((a, b) => count(b) - count(a))[0]
