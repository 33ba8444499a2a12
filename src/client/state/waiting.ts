import type { Cards } from './cards.ts'
import type { ReportDeps, Reports } from './reports.ts'

export interface WaitingDeps extends Pick<ReportDeps, 'fetch' | 'storage' | 'onChance'> {
  /** This person still has the page. */
  isHere(principal: string): boolean
  /** It may be worth trying again. */
  takeChance(): void
}

/** What somebody sends besides their words: reports of mistakes, and cards of their group. */
export interface Waiting {
  reports(principal: string): Promise<Reports>
  cards(principal: string): Promise<Cards>
  /** Tries what waits on the device; without any, none of its code is loaded. */
  begin(principal: string): void
  /** False while something waits after this try. */
  send(principal: string): Promise<boolean>
  /** A card is begun here, wanted or not. */
  holdsCards(principal: string): Promise<boolean>
}

export const createWaiting = (deps: WaitingDeps): Waiting => {
  /** Opened when it is first needed. */
  const onceFor = <T>(load: (own: ReportDeps) => Promise<T>) => {
    const byPrincipal = new Map<string, Promise<T>>()
    const open = (principal: string): Promise<T> => {
      const known = byPrincipal.get(principal)
      if (known) return known
      const opened = load({
        ...deps,
        principal,
        now: Date.now,
        newId: () => crypto.randomUUID(),
        isHere: () => deps.isHere(principal),
      })
      byPrincipal.set(principal, opened)
      opened.then(deps.takeChance, () => byPrincipal.delete(principal)) // its file could not be had
      return opened
    }
    return Object.assign(open, { isOpen: (principal: string) => byPrincipal.has(principal) })
  }
  const reports = onceFor<Reports>(async (own) => (await import('./reports.ts')).openReports(own))
  const cards = onceFor<Cards>(async (own) => (await import('./cards.ts')).openCards(own))
  /** Each with its key, `reportsKey` and `ownCardsKey`, whose files come later. */
  const kinds = [
    ['loft-reports', reports],
    ['loft-own-cards', cards],
  ] as const
  const here = (principal: string) =>
    kinds
      // Where the browser's storage is full or refused, what was written is only in what this page has open.
      .filter(
        ([key, open]) => open.isOpen(principal) || !!deps.storage?.getItem(`${key}:${principal}`),
      )
      .map(([, open]) => open)

  return {
    reports,
    cards,
    begin: (principal) => {
      for (const open of here(principal)) open(principal).then(deps.takeChance, () => {})
    },
    holdsCards: async (principal) =>
      here(principal).includes(cards) && (await cards(principal)).begun().length > 0,
    send: async (principal) => {
      const sent = here(principal).map(async (open) => (await open(principal)).sendWaiting())
      return (await Promise.all(sent)).every(Boolean)
    },
  }
}
