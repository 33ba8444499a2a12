import { type ReadonlySignal, signal } from '@preact/signals'
import type { Me, ProgrammeAnswer } from '../../shared/domain/person.ts'
import type { ContentDatabase } from '../storage/content-database.ts'
import type { DeviceDatabase } from '../storage/device-database.ts'
import type { OwnWords } from './create-words.ts'
import { keepWords } from './keep-words.ts'
import { createContentLibrary, fetchProgramme, storedProgramme } from './programme.ts'
import type { Account, MediaLibrary, Services } from './services.ts'
import {
  askDeviceCode,
  askMe,
  endSession,
  finishLeaving,
  rememberedMe,
  rememberMe,
  signIn,
} from './session.ts'
import type { Shell, Start } from './shell.ts'

export interface StartDeps {
  fetch: typeof fetch
  device: DeviceDatabase
  contentDatabase: ContentDatabase
  media: MediaLibrary
  now: ReadonlySignal<number>
  openWords(me: Me): Promise<OwnWords>
  /** Asks the browser to keep this site's storage when the disk runs full. */
  persist(): Promise<boolean>
}

/**
 * From a blank page to a person's programme. What is on the device is shown first; the server is asked behind it, so that
 * the train and the hotel start alike.
 */
export const createStart = (deps: StartDeps): Pick<Shell, 'start' | 'signIn' | 'retry'> => {
  const start = signal<Start>({ kind: 'starting' })
  let open: { me: Me; programme: ProgrammeAnswer; words: OwnWords } | null = null

  const show = async (me: Me, programme: ProgrammeAnswer): Promise<void> => {
    if (open && open.me.principal !== me.principal) {
      await open.words.stop()
      open = null
    }
    const words = open?.words ?? (await deps.openWords(me))
    if (!open) keepWords(words.documents, deps.persist)
    open = { me, programme, words }
    const content = createContentLibrary(deps.contentDatabase, deps.fetch, programme.outline)
    const services: Services = {
      me,
      outline: programme.outline,
      words,
      content,
      media: deps.media,
      now: deps.now,
      account: accountOf(me, words),
    }
    start.value = { kind: 'ready', services }
    void content.fetchMissing().catch(() => {}) // no network: what is here is here
  }

  const accountOf = (me: Me, words: OwnWords): Account => ({
    deviceCode: () => askDeviceCode(deps),
    signOut: async (force) => {
      await words.syncNow()
      if ((await words.hasUnsent()) && !force) return 'unsent'
      // Unsent words stay in their owner's database; sent ones need not lie on a device that somebody else may use.
      await words.leave()
      open = null
      await endSession(deps, me)
      start.value = { kind: 'signed-out' }
      return 'done'
    },
  })

  const run = async (): Promise<void> => {
    if (!(await finishLeaving(deps))) {
      start.value = { kind: 'signed-out' }
      return
    }
    const remembered = await rememberedMe(deps)
    const stored = remembered ? await storedProgramme(deps.contentDatabase) : null
    if (remembered && stored) await show(remembered, stored)

    const asked = await askMe(deps)
    if (asked === 'signed-out') {
      // Whoever has words here goes on writing; the state line offers to sign in.
      if (!open) start.value = { kind: 'signed-out' }
      return
    }
    if (asked === 'unreachable') {
      if (!open) {
        start.value = remembered
          ? { kind: 'no-programme', reason: navigator.onLine ? 'server' : 'offline' }
          : { kind: 'signed-out' }
      }
      return
    }
    await enter(asked)
  }

  /** Somebody is signed in for certain: their programme, the newest if it can be had. */
  const enter = async (me: Me): Promise<void> => {
    const known = open?.programme ?? (await storedProgramme(deps.contentDatabase))
    const fetched = await fetchProgramme(
      deps.contentDatabase,
      deps.fetch,
      known?.hash ?? null,
    ).catch(() => null)
    const programme = fetched ?? known
    await rememberMe(deps, me)
    if (!programme) {
      start.value = { kind: 'no-programme', reason: navigator.onLine ? 'server' : 'offline' }
      return
    }
    const same =
      open?.programme.hash === programme.hash && JSON.stringify(open.me) === JSON.stringify(me)
    if (!same) await show(me, programme)
    void open?.words.syncNow()
  }

  void run()
  return {
    start,
    retry: run,
    signIn: async (code) => {
      // Else the next start would sign out whoever signs in now.
      if (!(await finishLeaving(deps))) return { ok: false, error: 'unreachable' }
      const result = await signIn(deps, code)
      if (result.ok) await enter(result.me)
      return result
    },
  }
}
