// Who may do what. The one table that every route of the server asks; the page asks it too, to show only what will be answered.
//
// A row is an action on a resource. Its cells say for each role how far it reaches: to what is the person's `own`, to their
// `group`s, to the `cohort`s that they belong to or work with, or to the whole `network`. A role without a cell may not.
// `anyone` needs no session: what such a route gives, it gives to whoever holds the link, the code or the address.
import type { Role } from './person.ts'

export type Reach = 'own' | 'group' | 'cohort' | 'network'
type Cells = { anyone: true } | Partial<Record<Role, Reach>>

const everybody = (reach: Reach): Record<Role, Reach> => ({
  participant: reach,
  'group-tablet': reach,
  facilitator: reach,
  administrator: reach,
  editor: reach,
})
/** A group's tablet is nobody: it has nothing of its own. */
const everyPerson = (reach: Reach): Partial<Record<Role, Reach>> => ({
  participant: reach,
  facilitator: reach,
  administrator: reach,
  editor: reach,
})
const anyone = { anyone: true } as const
const administrator: Cells = { administrator: 'network' }
const staff: Cells = { facilitator: 'cohort', administrator: 'network' }

/** Those who write together, at whatever device. */
const members: Cells = { participant: 'group', 'group-tablet': 'group' }
const aroundTable: Cells = { ...members, ...staff }

export const policy = {
  /** Status, the API's description, and which ways to sign in there are. */
  server: { read: anyone },
  /** The address holds the hash of what it names; a feed holds open episodes alone. */
  media: { read: anyone },
  session: { open: anyone, end: anyone },
  /** A code that lets another device in as the same person, and the list of those that are in. */
  devices: { add: everybody('own'), list: everybody('own'), end: everybody('own') },
  me: { read: everybody('own'), export: everyPerson('own'), erase: everyPerson('own') },
  /** Which scopes somebody reads and writes is a matter of membership, and asked in the transaction. */
  words: { sync: everybody('group'), read: everybody('group') },
  programme: { read: everybody('cohort') },
  /** Without a session only what the editor marks open. */
  text: { read: anyone },
  sums: { read: { participant: 'own' } },
  /** The politicians' link, a municipality's registration: who has the link may. */
  link: { look: anyone, enter: anyone },
  report: {
    send: everybody('own'),
    list: { editor: 'network', administrator: 'network' },
    close: { editor: 'network', administrator: 'network' },
  },
  calendar: { make: everyPerson('own'), read: anyone },
  certificate: { issue: everyPerson('own'), verify: anyone },
  gathering: { read: everybody('cohort'), change: staff },
  contact: { read: everybody('cohort'), change: administrator },
  run: { read: administrator, change: administrator },
  cohort: { list: staff, change: administrator },
  person: {
    list: staff,
    change: administrator,
    invite: administrator,
    erase: administrator,
  },
  group: { list: staff, change: staff },
  registration: { list: administrator, change: administrator },
  /**
   * A group's tablets at a gathering: whoever holds the group's link may join and read, so that nobody but the group gives it away; only the
   * tablet tells of itself.
   */
  tablet: {
    join: anyone,
    invite: members,
    list: aroundTable,
    end: aroundTable,
    tell: { 'group-tablet': 'own' },
  },
  /** A group's documents as papers for its own people; staff see what is handed in, and nothing else. */
  sheet: { take: members, see: staff },
  /** How ready the groups of a cohort are. */
  readiness: { read: staff, remind: staff },
  /** What goes on at a gathering now: the activity and its time. */
  day: { read: everybody('cohort'), run: staff },
  vote: { read: everybody('cohort'), follow: staff, close: staff },
  /** Which cards of the network somebody sees is asked in the query: those of a cohort are for it alone. */
  card: { read: everybody('network'), publish: members, withdraw: aroundTable },
  act: { read: administrator },
} as const satisfies Record<string, Record<string, Cells>>

export type Resource = keyof typeof policy
export type Action<R extends Resource> = keyof (typeof policy)[R]
/** `[resource, action]` */
export type Access = { [R in Resource]: readonly [R, Action<R>] }[Resource]

/** Whoever asks: all their roles, and where they belong. Ids. */
export interface Actor {
  person: string
  roles: readonly Role[]
  network: string
  /** Their own first, and those that they facilitate. */
  cohorts: readonly string[]
  /** Those that they facilitate: where they only take part, they have no more to say than others. */
  facilitates: readonly string[]
  groups: readonly string[]
}

/** What is asked about. What it does not say is not compared: a network alone is within reach of the network only. */
export interface Target {
  network: string
  cohort?: string | null
  group?: string
  person?: string
}

export const needsNobody = ([resource, action]: Access): boolean =>
  'anyone' in cellsOf(resource, action)

/** The widest reach that any of the roles has; null = they may not, whatever it is about. */
export const reachOf = (roles: readonly Role[], [resource, action]: Access): Reach | null => {
  const cells = cellsOf(resource, action)
  if ('anyone' in cells) return 'network'
  const reaches = roles.flatMap((role) => cells[role] ?? [])
  return widest.find((reach) => reaches.includes(reach)) ?? null
}
const widest: readonly Reach[] = ['network', 'cohort', 'group', 'own']

/** What one of their roles gives is enough; each reaches its own way. */
export const may = (actor: Actor, access: Access, target: Target): boolean =>
  target.network === actor.network &&
  (needsNobody(access) ||
    actor.roles.some((role) => isWithin(actor, role, reachOf([role], access), target)))

const isWithin = (actor: Actor, role: Role, reach: Reach | null, target: Target): boolean => {
  switch (reach) {
    case null:
      return false
    case 'network':
      return true
    case 'cohort': {
      const cohorts = role === 'facilitator' ? actor.facilitates : actor.cohorts
      return typeof target.cohort === 'string' && cohorts.includes(target.cohort)
    }
    case 'group':
      return target.group !== undefined && actor.groups.includes(target.group)
    case 'own':
      return target.person === actor.person
  }
}

const cellsOf = (resource: Resource, action: string): Cells =>
  (policy[resource] as Record<string, Cells>)[action] ?? {}
