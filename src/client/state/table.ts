import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Me, ProgrammeAnswer } from '../../shared/domain/person.ts'
import { meAtTable, readTableLink, shortHash } from '../../shared/domain/table-link.ts'
import type { TabletSight } from '../../shared/domain/tablet.ts'
import { isTablet } from '../../shared/domain/tablet-id.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { ContentDatabase } from '../storage/content-database.ts'
import type { DeviceDatabase, TableSeat } from '../storage/device-database.ts'
import { databaseMs, orNullAfter } from '../storage/or-null-after.ts'
import type { OwnWords } from './create-words.ts'
import { fetchProgramme, storedProgramme } from './programme.ts'
import type { Table } from './services.ts'
import { askMe, fetchAs, readMe } from './session.ts'

// A device on a group's table. It needs no network to begin: who it is follows from its own secret, which the server reckons alike.

export interface TableDeps {
  fetch: typeof fetch
  device: DeviceDatabase
  contentDatabase: ContentDatabase
  now: ReadonlySignal<number>
}

/** Why a tablet is not let in. `missing` = the programme is not on the device, and there is no network to bring it. */
export type NotSeated = 'no-link' | 'missing' | 'unreachable' | 'seated' | ErrorCode
export type Sat = { ok: true; me: Me; programme: ProgrammeAnswer } | { ok: false; why: NotSeated }

const patienceMs = 8000

/** Puts the device on the table of a link. Whoever has it now is parked: their own session and words stay, and are not shown. */
export const sitDown = async (deps: TableDeps, link: string, now: number): Promise<Sat> => {
  // 1. What the link says, and who the tablet is by it.
  const read = readTableLink(link)
  if (!read) return { ok: false, why: 'no-link' }
  if (read.facts.e <= now) return { ok: false, why: 'code-expired' }
  const stored = await storedProgramme(deps.contentDatabase)
  const already = await seatedAt(deps, read.facts.g, stored)
  if (already) return already
  const secret = hex(crypto.getRandomValues(new Uint8Array(16)))
  let me = meAtTable(read.facts, await sha256(secret))
  const seat: TableSeat = { link, secret, hasJoined: false, isOver: false }

  // 2. The server first; without it the programme must be here already.
  const fitting = stored && shortHash(stored.hash) === read.facts.p ? stored : null
  const answer = await join(deps, seat)
  if (typeof answer === 'object') {
    me = answer.me
    seat.hasJoined = true
  } else if (answer !== 'unreachable') return { ok: false, why: answer }
  const programme =
    fitting ??
    (await fetchProgramme(
      deps.contentDatabase,
      fetchAs(deps.fetch, me.principal),
      stored?.hash ?? null,
    ).catch(() => null))
  if (!programme) return { ok: false, why: seat.hasJoined ? 'unreachable' : 'missing' }

  // 3. All at once: a device that is killed meanwhile is the one before or the table's.
  const meanwhile = await seatedAt(deps, read.facts.g, programme)
  if (meanwhile) return meanwhile
  const before = await orNullAfter(databaseMs, deps.device.people.get('current'))
  const parked = before?.me && !isTablet(before.me.principal) ? before.me : null
  try {
    await deps.device.people.put(
      { key: 'parked', me: parked },
      { key: 'table', me, seat },
      { key: 'current', me },
    )
  } catch {
    return { ok: false, why: 'server-error' } // no room: it lies on no table
  }
  return { ok: true, me, programme }
}

/** A device that lies on a table stays there until it leaves it: another secret would make its unsent words nobody's. */
const seatedAt = async (
  { device }: Pick<TableDeps, 'device'>,
  group: string,
  programme: ProgrammeAnswer | null,
): Promise<Sat | null> => {
  const row = await orNullAfter(databaseMs, device.people.get('table'))
  if (!row?.me || !row.seat) return null
  const isSame = readTableLink(row.seat.link)?.facts.g === group
  return isSame && programme ? { ok: true, me: row.me, programme } : { ok: false, why: 'seated' }
}

/** Who the tablet is by now: joins if it has not. `over` = it reads nothing more. */
export const askAtTable = async (
  deps: TableDeps,
  me: Me,
): Promise<Me | 'over' | 'signed-out' | 'unreachable'> => {
  const seat = await seatOf(deps, me)
  if (!seat) return 'signed-out'
  if (seat.isOver) return 'over'
  if (seat.hasJoined) {
    const asked = await askMe(deps, me.principal)
    if (typeof asked === 'object') return asked
    // The browser has lost its cookie, or the server its session: the secret makes it the same tablet again.
    if (asked === 'unreachable') {
      const told = await tellState(deps, me, null)
      if (told !== 'signed-out') {
        if (!told?.isOver) return 'unreachable'
        await keepSeat(deps, me, { ...seat, isOver: true })
        return 'over'
      }
    }
  }
  const answer = await join(deps, seat)
  if (answer === 'unreachable' || answer === 'too-many' || answer === 'busy') return 'unreachable'
  // One that knows it lets it in again, its time over or not: this server has lost it, and perhaps its words.
  if (typeof answer === 'string' && seat.hasJoined) return 'unreachable'
  if (typeof answer === 'string') {
    await keepSeat(deps, me, { ...seat, isOver: true })
    return 'over'
  }
  await keepSeat(deps, answer.me, { ...seat, hasJoined: true, isOver: answer.sight.isOver })
  return answer.sight.isOver ? 'over' : answer.me
}

/** The table that the device lies on, for the pages. */
export const openTable = async (
  deps: TableDeps & { onChance(listener: () => void): void },
  me: Me,
  {
    words,
    isHere,
    joined,
    leave,
  }: {
    words: OwnWords
    /** False once it has left. */
    isHere(): boolean
    /** The server has let it in. */
    joined(me: Me): void
    leave: Table['leave']
  },
): Promise<Table> => {
  const row = await orNullAfter(databaseMs, deps.device.people.get('table'))
  const seat = row?.me?.principal === me.principal ? (row.seat ?? null) : null
  const read = seat ? readTableLink(seat.link) : null
  // Without an answer of the device nobody knows; that it is over would empty it.
  const isUnknown = row === null
  const expiresAt = read?.facts.e ?? (isUnknown ? Number.POSITIVE_INFINITY : 0)
  const isEnded = signal(seat?.isOver ?? !isUnknown)
  let hasJoined = seat?.hasJoined ?? false
  let toldAt = 0
  let isBusy = false

  const enter = async (): Promise<void> => {
    const asked = await askAtTable(deps, me)
    if (!isHere()) return // it has left meanwhile
    if (asked === 'over') isEnded.value = true
    hasJoined = (await seatOf(deps, me))?.hasJoined ?? false
    if (typeof asked === 'object') joined(asked)
    if (hasJoined) await words.syncNow()
  }
  const tell = async (): Promise<void> => {
    if (Date.now() - toldAt < tellEveryMs) return
    toldAt = Date.now()
    const sight = await tellState(deps, me, words.pending.peek().documents)
    // A server that was restored from before it joined, or a cookie that is gone.
    if (sight === 'signed-out') return enter()
    if (!sight?.isOver || !seat) return
    isEnded.value = true
    await keepSeat(deps, me, { ...seat, hasJoined, isOver: true })
  }
  const tryNow = async (): Promise<void> => {
    if (isBusy || !isHere()) return
    isBusy = true
    try {
      await (hasJoined ? tell() : enter())
    } finally {
      isBusy = false
    }
  }
  deps.onChance(() => void tryNow().catch(() => undefined))
  return {
    link: seat?.link ?? '',
    expiresAt,
    isOver: computed(
      () => isEnded.value || deps.now.value >= expiresAt || words.left.value.length > 0,
    ),
    leave,
  }
}

/** The clock ticks once a minute. */
const tellEveryMs = 55_000

/** Leaves nothing of the table on the device but what the programme is; whoever was parked has it again. */
export const clearTable = async (deps: TableDeps, me: Me): Promise<void> => {
  await fetchAs(deps.fetch, me.principal)(paths.session, {
    method: 'DELETE',
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => undefined) // without a network the session ends by itself
  const parked = await orNullAfter(databaseMs, deps.device.people.get('parked'))
  // Another window has left it already, and with it goes who was parked.
  if (!(await seatOf(deps, me))) return
  // Refused by a full disk, it is shown to nobody all the same.
  await orNullAfter(databaseMs, deps.device.people.put({ key: 'current', me: parked?.me ?? null }))
  await orNullAfter(databaseMs, deps.device.people.delete('table', 'parked', 'writer'))
}

const seatOf = async ({ device }: Pick<TableDeps, 'device'>, me: Me): Promise<TableSeat | null> => {
  const row = await orNullAfter(databaseMs, device.people.get('table'))
  return row?.me?.principal === me.principal ? (row.seat ?? null) : null
}

/** Not of a table that has been left meanwhile. */
const keepSeat = async (
  { device }: Pick<TableDeps, 'device'>,
  me: Me,
  seat: TableSeat,
): Promise<void> => {
  if (await seatOf({ device }, me))
    await orNullAfter(databaseMs, device.people.put({ key: 'table', me, seat }))
}

const join = async (
  { fetch }: Pick<TableDeps, 'fetch'>,
  { link, secret }: TableSeat,
): Promise<{ me: Me; sight: TabletSight } | ErrorCode | 'unreachable'> => {
  try {
    const answer = await fetch(paths.tablets, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: readTableLink(link)?.token ?? '', secret }),
      signal: AbortSignal.timeout(patienceMs),
    })
    const body = (await answer.json()) as { me: Me; sight: TabletSight; code?: ErrorCode }
    if (answer.ok && readMe(body.me)) return body
    return (answer.status < 500 && body.code) || 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/** Null without an answer of ours; `signed-out` = the server does not know this tablet. */
const tellState = async (
  { fetch }: Pick<TableDeps, 'fetch'>,
  { principal }: Me,
  unsent: number | null,
): Promise<TabletSight | 'signed-out' | null> => {
  try {
    const answer = await fetchAs(fetch, principal)(paths.tabletState, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unsent }),
      signal: AbortSignal.timeout(patienceMs),
    })
    if (answer.status === 401) return 'signed-out'
    return answer.ok ? ((await answer.json()) as TabletSight) : null
  } catch {
    return null
  }
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const sha256 = async (text: string): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
