import type { ScopeAnswer } from '../../shared/protocol/frames.ts'
import type { ScopeRow } from '../storage/words-database.ts'

/** What the live connection may do with the words. Without one nothing is missing but speed. */
export interface LiveDeps {
  readonly principal: string
  /** This browser's id for the principal, as in the sync. */
  readonly device: string
  /** Where every scope of the principal stands now; one never answered has epoch null and cursor 0. Rejects with the database. */
  scopes(): Promise<ScopeRow[]>
  /** Stores what is new of pushed items, like an answer's, if they follow upon what is here; else asks by the sync. Never rejects. */
  take(from: number, answer: ScopeAnswer): Promise<void>
  /** How many other devices follow the scope: with one, words are sent at once. All are 0 again when the connection ends. */
  setListening(scope: string, others: number): void
  /** Something may have happened that nobody has told of: syncs now. */
  kick(): void
}

export type StartLive = (deps: LiveDeps) => { stop(): void }
