// Proposes who sits together at a gathering: people of one service area, from municipalities of about the same size.
//
// 1. People are sorted by id, so that the order in which they come means nothing.
// 2. Those with a service area and a size make one cluster an area. A cluster whose people can not be cut into groups within the
//    limits joins the next area (the last one the one before), until each can.
// 3. Everybody else goes where there is room: into the cluster that needs no further group for them; away from their own
//    municipality, with their own size class, and where the groups are smallest, in this order.
// 4. A cluster gets as many groups as come nearest to the size wanted, within the limits, all as large as each other or one larger.
// 5. Its people stand in a line by size class, and then by area. The line is cut; where a group may have one more or not, so that
//    the cut falls between two size classes. A size class with too few for a group is thus with its neighbour.
// 6. Who sits in which of the groups that their size class is in: the municipality with the most people first, each where the
//    fewest of their own municipality are, and then where the most seats are free.
// 7. Those without a size fill up the smallest groups, away from their own municipality.
//
// Guaranteed: everybody is in exactly one group. If so many people can be cut into groups within the limits at all, each group is
// within them. Groups of one area differ by one person at most. If an area has one size class only, no group has more people of a
// municipality than it must.
//
// One person more: the groups of other areas stay as they are, as long as every area has enough for itself and everybody an area.
// With `earlier`, nobody moves at all: newcomers go where there is room, and only if there is none, or an earlier group has become
// too small, everything is proposed anew.
import { type SizeClass, sizeClassSchema } from './field.ts'
import { type ServiceArea, serviceAreas } from './service-area.ts'

export interface Groupable {
  id: string
  serviceArea: ServiceArea | null
  municipality: string | null
  size: SizeClass | null
}
export interface GroupWishes {
  wanted: number
  min: number
  max: number
}
export const usualWishes: GroupWishes = { wanted: 6, min: 4, max: 8 }

/** Areas and sizes in their own order; ids sorted. */
export interface ProposedGroup {
  areas: ServiceArea[]
  sizes: SizeClass[]
  people: string[]
}

export const proposeGroups = (
  people: readonly Groupable[],
  wishes: GroupWishes = usualWishes,
  earlier: readonly (readonly string[])[] = [],
): ProposedGroup[] => {
  const sorted = [...people].sort(byText(({ id }) => id))
  const seats = keepEarlier(sorted, wishes, earlier) ?? proposeAnew(sorted, wishes)
  return seats.map(describe)
}

/** Can so many be cut into groups within the limits? */
export const fitsLimits = (count: number, { min, max }: GroupWishes): boolean =>
  Math.ceil(count / max) <= Math.floor(count / min)

interface Cluster {
  areas: number[]
  people: Groupable[]
  guests: Groupable[]
}
type Seats = Groupable[]
const sizes = sizeClassSchema.options

const proposeAnew = (people: readonly Groupable[], wishes: GroupWishes): Seats[] => {
  const clusters = joinTooFew(clusterByArea(people), wishes)
  const guests = people.filter(isGuest)
  return placeGuests(clusters, guests, wishes).flatMap((cluster) => seat(cluster, wishes))
}

const isGuest = ({ serviceArea, size }: Groupable): boolean => serviceArea === null || size === null

const clusterByArea = (people: readonly Groupable[]): Cluster[] =>
  serviceAreas
    .map((area, index) => ({
      areas: [index],
      people: people.filter((person) => person.serviceArea === area && !isGuest(person)),
      guests: [],
    }))
    .filter((cluster) => cluster.people.length > 0)

/** Step 2. */
const joinTooFew = (clusters: readonly Cluster[], wishes: GroupWishes): Cluster[] => {
  const left = [...clusters]
  for (;;) {
    const at = left.findIndex(({ people }) => !fitsLimits(people.length, wishes))
    if (at < 0 || left.length < 2) return left
    const first = Math.min(at, left.length - 2)
    const [one, other] = left.slice(first, first + 2)
    if (one && other) left.splice(first, 2, join(one, other))
  }
}

const join = (one: Cluster, other: Cluster): Cluster => ({
  areas: [...one.areas, ...other.areas],
  people: [...one.people, ...other.people],
  guests: [...one.guests, ...other.guests],
})

/** Step 3. */
const placeGuests = (
  clusters: Cluster[],
  guests: readonly Groupable[],
  wishes: GroupWishes,
): Cluster[] => {
  if (clusters.length === 0) {
    return guests.length === 0 ? [] : [{ areas: [], people: [], guests: [...guests] }]
  }
  for (const guest of guests) {
    const rank = (cluster: Cluster): number[] => {
      const count = countOf(cluster)
      const groups = groupCount(count, wishes)
      const hasRoom = count < groups * wishes.max
      const fits = fitsLimits(count + 1, wishes)
      const all = [...cluster.people, ...cluster.guests]
      const hasSize = guest.size === null || all.some(({ size }) => size === guest.size)
      const own = Math.ceil((neighbours(all, guest) + 1) / groups)
      return [fits ? 0 : 1, hasRoom ? 0 : 1, own, hasSize ? 0 : 1, count / groups]
    }
    least(clusters, rank)?.guests.push(guest)
  }
  // Where the last one made it too many, or the first ones were too few.
  const all = clusters.reduce(join)
  const isWell = clusters.every((cluster) => fitsLimits(countOf(cluster), wishes))
  return isWell || clusters.length === 1 ? clusters : [all]
}

const countOf = ({ people, guests }: Cluster): number => people.length + guests.length

/** Step 4. */
const groupCount = (count: number, { wanted, min, max }: GroupWishes): number => {
  const [fewest, most] = [Math.ceil(count / max), Math.floor(count / min)]
  const nearest = Math.max(1, Math.round(count / wanted))
  return fewest <= most ? Math.min(Math.max(nearest, fewest), most) : nearest
}

const seat = (cluster: Cluster, wishes: GroupWishes): Seats[] => {
  const groups = groupCount(countOf(cluster), wishes)
  const all = [...cluster.people, ...cluster.guests]
  const line = all
    .filter(({ size }) => size !== null)
    .sort((a, b) => sizeIndex(a) - sizeIndex(b) || areaIndex(a) - areaIndex(b))
  const seats: Seats[] = Array.from({ length: groups }, () => [])
  const ends = cutLine(line, groups)
  for (const size of sizes) {
    const first = line.findIndex((person) => person.size === size)
    const last = line.findLastIndex((person) => person.size === size) + 1
    if (first < 0) continue
    // How many of this size class each group takes.
    const free = ends.map((end, group) =>
      Math.max(0, Math.min(end, last) - Math.max(ends[group - 1] ?? 0, first)),
    )
    seatSize(line.slice(first, last), free, seats)
  }
  for (const guest of all.filter(({ size }) => size === null)) {
    least(seats, (group) => [group.length, neighbours(group, guest)])?.push(guest)
  }
  return seats
}

/** Step 5: where each group's part of the line ends. */
const cutLine = (line: readonly Groupable[], groups: number): number[] => {
  const usual = Math.floor(line.length / groups)
  let larger = line.length % groups
  let end = 0
  return Array.from({ length: groups }, (_, group) => {
    const isBoundary = (at: number) => line[at - 1]?.size !== line[at]?.size
    const mustBeLarger = larger >= groups - group
    const prefersLarger = isBoundary(end + usual + 1) || !isBoundary(end + usual)
    const isLarger = larger > 0 && (mustBeLarger || prefersLarger)
    if (isLarger) larger -= 1
    end += usual + (isLarger ? 1 : 0)
    return end
  })
}

/** Step 6. */
const seatSize = (people: readonly Groupable[], free: number[], seats: Seats[]): void => {
  const counts = new Map<string | null, number>()
  for (const { municipality } of people)
    counts.set(municipality, (counts.get(municipality) ?? 0) + 1)
  const ordered = [...people].sort(
    (a, b) =>
      (counts.get(b.municipality) ?? 0) - (counts.get(a.municipality) ?? 0) ||
      byText<Groupable>(({ municipality }) => municipality ?? '')(a, b) ||
      byText<Groupable>(({ id }) => id)(a, b),
  )
  const indices = seats.map((_, index) => index)
  for (const person of ordered) {
    const open = indices.filter((index) => (free[index] ?? 0) > 0)
    const index = least(open, (at) => [neighbours(seats[at] ?? [], person), -(free[at] ?? 0)])
    if (index === undefined) continue
    seats[index]?.push(person)
    free[index] = (free[index] ?? 0) - 1
  }
}

/** The groups as they were, with newcomers where there is room; null if that can not be. */
const keepEarlier = (
  people: readonly Groupable[],
  { min, max }: GroupWishes,
  earlier: readonly (readonly string[])[],
): Seats[] | null => {
  const newcomers = new Map(people.map((person) => [person.id, person]))
  const seats = earlier
    .map((ids) =>
      ids.flatMap((id) => {
        const person = newcomers.get(id)
        newcomers.delete(id) // somebody in two groups stays in the first
        return person ?? []
      }),
    )
    .filter((group) => group.length > 0)
  if (seats.length === 0) return null
  for (const person of newcomers.values()) {
    least(
      seats.filter(({ length }) => length < max),
      (group) => [
        group.some(({ serviceArea }) => serviceArea === person.serviceArea) ? 0 : 1,
        group.some(({ size }) => size === person.size) ? 0 : 1,
        neighbours(group, person),
        group.length,
      ],
    )?.push(person)
  }
  const seated = seats.reduce((sum, { length }) => sum + length, 0)
  const isWell = seats.every(({ length }) => length >= min && length <= max)
  return isWell && seated === people.length ? seats : null
}

const neighbours = (group: Seats, { municipality }: Groupable): number =>
  municipality === null ? 0 : group.filter((one) => one.municipality === municipality).length

const describe = (group: Seats): ProposedGroup => ({
  areas: serviceAreas.filter((area) => group.some(({ serviceArea }) => serviceArea === area)),
  sizes: sizes.filter((size) => group.some((person) => person.size === size)),
  people: group.map(({ id }) => id).sort(),
})

const sizeIndex = ({ size }: Groupable): number => (size === null ? -1 : sizes.indexOf(size))
const areaIndex = ({ serviceArea }: Groupable): number =>
  serviceArea === null ? serviceAreas.length : serviceAreas.indexOf(serviceArea)

/** The first one with the smallest rank, number by number. */
const least = <T>(all: readonly T[], rank: (one: T) => readonly number[]): T | undefined => {
  let [best, bestRank]: [T | undefined, readonly number[]] = [undefined, []]
  for (const one of all) {
    const ranked = rank(one)
    const at = ranked.findIndex((number, index) => number !== bestRank[index])
    if (best === undefined || (at >= 0 && (ranked[at] ?? 0) < (bestRank[at] ?? 0)))
      [best, bestRank] = [one, ranked]
  }
  return best
}

/** By code units: the same everywhere. */
const byText =
  <T>(text: (one: T) => string) =>
  (a: T, b: T): number => {
    const [left, right] = [text(a), text(b)]
    return left < right ? -1 : left > right ? 1 : 0
  }
