import { type ReadonlySignal, signal } from '@preact/signals'
import type { Me, ProgrammeAnswer } from '../../shared/domain/person.ts'
import { isTablet } from '../../shared/domain/tablet-id.ts'
import type { ContentDatabase } from '../storage/content-database.ts'
import type { DeviceDatabase } from '../storage/device-database.ts'
import type { OwnWords } from './create-words.ts'
import { forgetOwn } from './forget-own.ts'
import { keepWords } from './keep-words.ts'
import { createLeaving } from './leaving.ts'
import { ownStorage } from './own-storage.ts'
import type { NowPlaying } from './playing.ts'
import type { GroupPresence } from './presence.ts'
import { createContentLibrary, fetchProgramme, storedProgramme } from './programme.ts'
import type { Account, MediaLibrary, Services, Table } from './services.ts'
import { askDeviceCode, askMe, currentPerson, fetchAs, rememberMe, signIn } from './session.ts'
import type { Shell, Start } from './shell.ts'
import { openTableWriter } from './table-writer.ts'
import { createWaiting } from './waiting.ts'

export interface StartDeps {
  fetch: typeof fetch
  device: DeviceDatabase
  contentDatabase: ContentDatabase
  media: MediaLibrary
  now: ReadonlySignal<number>
  /** `leftElsewhere` is called when the person has signed out in another window. */
  openWords(me: Me, leftElsewhere: () => void): Promise<OwnWords>
  presence: GroupPresence
  /** Null where the browser refuses it. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  /** Asks the browser to keep this site's storage when the disk runs full. */
  persist(): Promise<boolean>
  /** Whatever the browser has under a principal's name goes. */
  forget(principal: string): Promise<void>
  /** The page is looked at again, perhaps after somebody else has used the device. */
  onReturn(listener: () => void): void
}

/**
 * From a blank page to a person's programme. What is on the device is shown first; the server is asked behind it, so that
 * the train and the hotel start alike. Whoever signs in or out makes everything older stale: a late answer about the one
 * before shows nobody their words.
 */
export const createStart = (
  deps: StartDeps,
): Pick<Shell, 'start' | 'signIn' | 'sitDown' | 'ask' | 'retry'> => {
  const start = signal<Start>({ kind: 'starting' })
  const playing: NowPlaying = signal(null)
  let open: { me: Me; programme: ProgrammeAnswer; words: OwnWords; table: Table | null } | null =
    null
  let newest = 0
  const leaving = createLeaving(deps)
  let isRemembered = false

  const show = async (me: Me, programme: ProgrammeAnswer, turn: number): Promise<void> => {
    // First, since a programme of another release's shape fails here: nothing is open yet.
    const content = createContentLibrary(
      deps.contentDatabase,
      fetchAs(deps.fetch, me.principal),
      programme.outline,
    )
    // Somebody else takes over the device: as if the one before had signed out.
    if (open && open.me.principal !== me.principal) {
      forgetOwn(deps.storage, open.me)
      await close((words) => words.leave())
    } else if (open && ownerOf(open.me) !== ownerOf(me)) await close((words) => words.stop())
    if (turn !== newest) return
    const words = open?.words ?? (await deps.openWords(me, () => void leaveHere(me.principal)))
    if (turn !== newest) {
      await words.stop()
      return
    }
    if (!open) {
      keepWords(words.documents, deps.persist)
      let connection = words.pending.peek().connection
      words.pending.subscribe((pending) => {
        if (pending.connection !== connection) takeChance()
        connection = pending.connection
      })
    }
    const writer = await openTableWriter(deps, me)
    const table = open ? open.table : await tableOf(me, words)
    if (turn !== newest) {
      if (open?.words !== words) await words.stop()
      return
    }
    open = { me, programme, words, table }
    const server = {
      ...deps,
      storage: ownStorage(deps.storage, () => open?.me.principal === me.principal),
    }
    const services: Services = {
      me,
      outline: programme.outline,
      words,
      content,
      media: deps.media,
      presence: deps.presence,
      playing,
      now: deps.now,
      account: accountOf(me, words),
      table,
      writer,
      server,
      reports: () => waiting.reports(me.principal),
      cards: () => waiting.cards(me.principal),
      earlierVersions: async (document, asking) => {
        const { readEarlierVersions } = await import('./history.ts')
        return readEarlierVersions({ fetch: deps.fetch, principal: me.principal }, document, asking)
      },
      sums: async () => {
        const { readSums } = await import('./sums.ts')
        return readSums({ ...server, principal: me.principal })
      },
    }
    start.value = { kind: 'ready', services }
    if (table) takeChance()
    waiting.begin(me.principal)
    void content.fetchMissing().catch(() => {}) // no network: what is here is here
  }

  const chances = new Set<() => void>()
  const takeChance = (): void => {
    for (const listener of chances) listener()
  }

  const waiting = createWaiting({
    ...deps,
    isHere: (principal) => open?.me.principal === principal,
    onChance: (listener) => chances.add(listener),
    takeChance,
  })

  const close = async (end: (words: OwnWords) => Promise<unknown>): Promise<void> => {
    playing.peek()?.end()
    const before = open
    open = null
    if (before) await end(before.words)
  }

  /** The person is gone from this device, by another window's doing. */
  const leaveHere = async (principal: string): Promise<void> => {
    if (open?.me.principal !== principal) return
    newest++
    playing.peek()?.end() // before its page is left, which would put it into the dock
    start.value = { kind: 'signed-out' }
    await close((words) => words.stop())
  }

  /** Signed out from another device: whoever has this one now is not to read on. What is unsent waits for its owner. */
  const lock = async (turn: number): Promise<void> => {
    if (turn !== newest) return
    const before = open
    newest++
    playing.peek()?.end()
    if (before) await leaving.lock(before.me)
    else await rememberMe(deps, null)
    await close((words) => words.leave())
    if (before) forgetOwn(deps.storage, before.me)
    start.value = { kind: 'signed-out' }
  }

  const accountOf = (me: Me, words: OwnWords): Account => ({
    deviceCode: () => askDeviceCode(deps, me),
    signOut: async (force) => {
      playing.peek()?.end()
      if (!force) {
        await words.syncNow()
        if (await words.hasUnsent()) return 'unsent'
        if (!(await waiting.send(me.principal))) return 'unsent'
      }
      newest++
      open = null
      await leaving.begin(me)
      // Unsent words stay in their owner's database; sent ones need not lie on a device that somebody else may use.
      await words.leave(isUnknown(words) ? 'nothing' : 'sent')
      forgetOwn(deps.storage, me)
      await leaving.finish()
      start.value = { kind: 'signed-out' }
      return 'done'
    },
  })

  /** What is behind a table is loaded where there is one. */
  const tableOf = async (me: Me, words: OwnWords): Promise<Table | null> => {
    if (!isTablet(me.principal)) return null
    const { openTable } = await import('./table.ts')
    const onChance = (listener: () => void) => chances.add(listener)
    return openTable({ ...deps, onChance }, me, {
      words,
      isHere: () => open?.words === words,
      joined: (joined) => void enter(joined, newest),
      leave: (unsentToo) => standUp(me, words, unsentToo),
    })
  }

  const standUp = async (
    me: Me,
    words: OwnWords,
    unsentToo: boolean,
  ): Promise<'done' | 'unsent'> => {
    playing.peek()?.end()
    if (!unsentToo) {
      await words.syncNow()
      if (isUnknown(words) || (await words.hasUnsent())) return 'unsent'
      // A card that is only begun goes with the tablet, too: nobody comes back as it.
      if (!(await waiting.send(me.principal))) return 'unsent'
      if (await waiting.holdsCards(me.principal)) return 'unsent'
    }
    newest++
    open = null
    const outcome = await words.leave(unsentToo ? 'unsent-too' : 'sent')
    if (outcome === 'deleted') {
      forgetOwn(deps.storage, me)
      await leaving.forgetTable(me)
      await deps.forget(me.principal)
      start.value = { kind: 'starting' }
    }
    await run()
    return outcome === 'deleted' ? 'done' : 'unsent'
  }

  const run = async (): Promise<void> => {
    const turn = ++newest
    try {
      await arrive(turn)
    } catch (error) {
      console.error(error)
      if (turn === newest && !open) start.value = { kind: 'no-programme', reason: 'server' }
    }
  }

  const arrive = async (turn: number): Promise<void> => {
    const say = (value: Start): void => {
      if (turn === newest) start.value = value
    }
    const remembered = await leaving.remembered()
    // Its session is another cookie: a person who has just left is told of when the table is.
    const isAtTable = remembered !== null && isTablet(remembered.principal)
    if (!isAtTable && !(await leaving.finish())) return say({ kind: 'signed-out' })
    const stored = remembered ? await storedProgramme(deps.contentDatabase) : null
    if (remembered && stored) {
      isRemembered = true
      // What this device holds may be of an older release: the server's is tried next.
      await show(remembered, stored, turn).catch((error) => console.error(error))
    }

    const asked = isAtTable
      ? await (await import('./table.ts')).askAtTable(deps, remembered)
      : await askMe(deps)
    if (asked === 'over') {
      // Its page says so, once its words are open.
      if (!open) say({ kind: 'no-programme', reason: 'server' })
      return
    }
    if (asked === 'ended') return lock(turn)
    if (asked === 'signed-out') {
      // Whoever has words here goes on writing; the state line offers to sign in.
      if (!open) say({ kind: 'signed-out' })
      return
    }
    if (asked === 'unreachable') {
      if (open) return
      return say(
        remembered
          ? { kind: 'no-programme', reason: navigator.onLine ? 'server' : 'offline' }
          : { kind: 'signed-out' },
      )
    }
    await enter(asked, turn)
  }

  /** Somebody is signed in for certain: their programme, the newest if it can be had. */
  const enter = async (me: Me, turn: number, trustStored = true): Promise<void> => {
    const stored = trustStored ? await storedProgramme(deps.contentDatabase) : null
    const known = open?.programme ?? stored
    const fetched = await fetchProgramme(
      deps.contentDatabase,
      fetchAs(deps.fetch, me.principal),
      known?.hash ?? null,
    ).catch(() => null)
    const programme = fetched ?? known
    if (turn !== newest) return
    leaving.cameBack(me)
    isRemembered = await rememberMe(deps, me)
    if (!programme) {
      start.value = { kind: 'no-programme', reason: navigator.onLine ? 'server' : 'offline' }
      return
    }
    const before = open?.words
    const same =
      open?.programme.hash === programme.hash && JSON.stringify(open.me) === JSON.stringify(me)
    try {
      if (!same) await show(me, programme, turn)
    } catch (error) {
      if (fetched || !trustStored) throw error
      return enter(me, turn, false)
    }
    // Words that have just been opened sync by themselves.
    if (turn === newest && open?.words === before) void open?.words.syncNow()
  }

  deps.onReturn(takeChance)
  deps.now.subscribe(takeChance)
  deps.onReturn(async () => {
    // Another window has left the table, and whoever was parked has the device again; or somebody has signed in.
    if (!open && start.peek().kind === 'signed-out' && (await currentPerson(deps))) await run()
    if (!open || !isRemembered) return
    const { me } = open
    const { principal } = me
    const current = await currentPerson(deps)
    if (current === principal) return
    if (current === undefined) {
      // The browser has thrown away what it knew. Nobody has signed out: the words on this page are still this person's.
      if (open?.me === me) void rememberMe(deps, me)
      return
    }
    await leaveHere(principal)
    if (current !== null) await run()
  })

  void run()
  return {
    start,
    retry: run,
    ask: (question) => question(deps),
    sitDown: async (link) => {
      // Whoever has the device now keeps their words on it: they are sent first, and then nothing of them is shown.
      await open?.words.syncNow()
      // Its seat would be forgotten with that of who has left.
      await leaving.remembered()
      const { sitDown } = await import('./table.ts')
      const sat = await sitDown(deps, link, deps.now.peek())
      if (!sat.ok) return sat
      const turn = ++newest
      await close((words) => words.stop())
      leaving.cameBack(sat.me)
      isRemembered = true
      await show(sat.me, sat.programme, turn)
      return { ok: true }
    },
    signIn: async (code, spend = signIn) => {
      // Else the next start would sign out whoever signs in now.
      if (!(await leaving.finish())) return { ok: false, error: 'unreachable' }
      // Under the next cookie the words of whoever is here could not be sent any more.
      await open?.words.syncNow()
      const result = await spend(deps, code)
      if (result.ok) await enter(result.me, ++newest)
      return result
    },
  }
}

/**
 * The server does not know who is here: perhaps it was restored from before their session, and has lost what it had acknowledged.
 * Their device may be all there is.
 */
const isUnknown = (words: OwnWords): boolean => words.pending.peek().connection === 'signed-out'

/** Words are opened for a person and for scopes: another of either opens them anew. */
const ownerOf = (me: Me): string =>
  [me.principal, me.personScope, ...me.groups.map((group) => group.scope).toSorted()].join(' ')
