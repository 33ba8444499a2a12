import { type ReadonlySignal, signal } from '@preact/signals'
import type { Publishing, SharedCard } from '../../shared/domain/card.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import { sendOwn } from './send-own.ts'

// What groups share. The library is the server's last answer, kept for the train; it goes when its reader signs out. A card of
// one's own lies in localStorage at every key, and stays there until the server has said that it has it.

/** Why it has not come there. `changed` = somebody has changed what is published since this was begun. */
export type CardFailure = 'offline' | 'signed-out' | 'later' | 'full' | 'changed' | 'refused'

export interface OwnCard extends Publishing {
  id: string
  /** Another one at each change. */
  edit: string
  /** They have asked for it to be published. */
  isWanted: boolean
}

export interface Cards {
  /** Begun or waiting, by id. */
  readonly own: ReadonlySignal<Readonly<Record<string, OwnCard>>>
  readonly failures: ReadonlySignal<Readonly<Record<string, CardFailure>>>
  /** False: the device could not store what was typed last, and only this page has it. */
  readonly isKept: ReadonlySignal<boolean>
  /** Null = it never came to this device. */
  readonly library: ReadonlySignal<{ cards: readonly SharedCard[]; at: number } | null>
  write(id: string, card: Publishing): void
  /** Publishes as soon as it can; true when it has come there. */
  publish(id: string): Promise<boolean>
  /** What is only here goes; what is published stays as it is. */
  drop(id: string): void
  /** Begun or waiting, in every window of this device. */
  begun(): readonly OwnCard[]
  /** Tries what waits; true if nothing does afterwards. */
  sendWaiting(): Promise<boolean>
  /** Brings the newest; without a network nothing changes. */
  refresh(): Promise<void>
  withdraw(id: string): Promise<CardFailure | null>
}

export interface CardDeps {
  fetch: typeof fetch
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  principal: string
  now(): number
  newId(): string
  /** This person still has the page. */
  isHere(): boolean
  /** The listener is called when it may be worth trying again. */
  onChance(listener: () => void): void
}

export const libraryKey = (principal: string): string => `loft-cards:${principal}`
export const ownCardsKey = (principal: string): string => `loft-own-cards:${principal}`

export const openCards = (deps: CardDeps): Cards => {
  const { storage, principal } = deps
  const own = signal<Record<string, OwnCard>>(objectIn(storage?.getItem(ownCardsKey(principal))))
  const failures = signal<Record<string, CardFailure>>({})
  const isKept = signal(storage !== null)
  const library = signal(libraryIn(storage?.getItem(libraryKey(principal))))
  let sending: Promise<void> = Promise.resolve()
  let notBefore = 0

  /** Read anew before each change: another window may have begun, or sent, one. */
  const change = (id: string, card: OwnCard | null): void => {
    const key = ownCardsKey(principal)
    const stored = isKept.peek() ? objectIn(storage?.getItem(key)) : own.peek()
    const { [id]: _, ...others } = stored
    const next = card ? { ...others, [id]: card } : others
    own.value = next
    try {
      if (Object.keys(next).length > 0) storage?.setItem(key, JSON.stringify(next))
      else storage?.removeItem(key)
      isKept.value = storage !== null
    } catch {
      isKept.value = false
    }
  }
  /** Another window may have begun, or sent, one. */
  const reread = (): void => {
    if (isKept.peek()) own.value = objectIn(storage?.getItem(ownCardsKey(principal)))
  }
  const current = (id: string): OwnCard | undefined =>
    (isKept.peek() ? objectIn(storage?.getItem(ownCardsKey(principal))) : own.peek())[id]
  const fail = (id: string, failure: CardFailure | null): void => {
    const { [id]: _, ...others } = failures.peek()
    failures.value = failure ? { ...others, [id]: failure } : others
  }
  const ask = async (
    path: string,
    what: Parameters<typeof sendOwn>[2],
  ): Promise<CardFailure | null> => {
    const failure = await sendOwn(deps, path, what, (ms) => {
      notBefore = deps.now() + ms
    })
    if (typeof failure !== 'number') return failure
    return failure === 409 ? 'full' : failure === 412 ? 'changed' : 'refused'
  }

  const post = async (id: string): Promise<void> => {
    const card = current(id)
    if (!card?.isWanted || !deps.isHere()) return
    // It waits for its writer, who is to look first.
    if (failures.peek()[id] === 'changed') return
    const { id: _, edit, isWanted: __, ...body } = card
    const failure = await ask(paths.card(id), { method: 'PUT', body })
    if (failure === 'changed') await refresh() // they are shown what stands there
    fail(id, failure)
    // If they went on writing meanwhile, that waits for its own turn.
    if (failure === null && current(id)?.edit === edit) change(id, null)
  }
  const publishedAs = (id: string): string | undefined =>
    library.peek()?.cards.find((one) => one.id === id)?.revision
  const isWaiting = (): boolean => Object.values(own.peek()).some(({ isWanted }) => isWanted)
  const sendAll = (): Promise<void> => {
    sending = sending.then(async () => {
      reread()
      const waited = isWaiting()
      for (const id of Object.keys(own.peek())) await post(id)
      if (waited && !isWaiting()) await refresh()
    })
    return sending
  }

  const refresh = async (): Promise<void> => {
    try {
      const headers = { [principalHeader]: principal }
      const answer = await deps.fetch(paths.cards, { headers, signal: AbortSignal.timeout(20_000) })
      const cards = answer.ok ? cardsIn(await answer.json()) : null
      if (!cards || !deps.isHere()) return // a portal's page; or they have signed out, and it is to be gone
      library.value = { cards, at: deps.now() }
      storage?.setItem(libraryKey(principal), JSON.stringify(library.value))
    } catch {
      // No network, or no room: what came before.
    }
  }

  deps.onChance(() => {
    if (deps.isHere() && isWaiting() && deps.now() >= notBefore) void sendAll()
  })

  return {
    own,
    failures,
    isKept,
    library,
    write: (id, card) => {
      fail(id, null)
      const upon = current(id) ? current(id)?.upon : publishedAs(id)
      const about = { id, edit: deps.newId(), isWanted: false }
      change(id, { ...card, ...about, ...(upon !== undefined && { upon }) })
    },
    publish: async (id) => {
      const card = current(id)
      if (!card) return false
      // They have seen what stands there now, and theirs is to stand instead.
      const upon = failures.peek()[id] === 'changed' ? publishedAs(id) : card.upon
      fail(id, null)
      change(id, { ...card, isWanted: true, ...(upon !== undefined && { upon }) })
      notBefore = 0
      await sendAll()
      return !current(id)
    },
    drop: (id) => {
      fail(id, null)
      change(id, null)
    },
    begun: () => {
      reread()
      return Object.values(own.peek())
    },
    sendWaiting: async () => {
      reread()
      if (isWaiting()) await sendAll()
      return !isWaiting()
    },
    refresh,
    withdraw: async (id) => {
      const failure = await ask(paths.card(id), { method: 'DELETE' })
      if (failure === null) await refresh()
      return failure
    },
  }
}

const objectIn = (text: string | null | undefined): Record<string, OwnCard> => {
  const read = parse(text)
  return typeof read === 'object' && read !== null ? (read as Record<string, OwnCard>) : {}
}

const libraryIn = (text: string | null | undefined) => {
  const read = parse(text)
  const cards = cardsIn(read)
  return cards ? { cards, at: Number((read as { at?: unknown }).at) || 0 } : null
}

/** Our server has checked it; this only tells it from a portal's JSON. */
const cardsIn = (value: unknown): readonly SharedCard[] | null => {
  const { cards } = (value ?? {}) as { cards?: unknown }
  return Array.isArray(cards) ? (cards as SharedCard[]) : null
}

const parse = (text: string | null | undefined): unknown => {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
