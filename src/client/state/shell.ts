import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Language } from '../../shared/domain/languages.ts'
import type { Appearance } from './appearance.ts'
import type { Services } from './services.ts'
import type { SessionDeps, SignedIn } from './session.ts'
import type { NotSeated } from './table.ts'

/** How far the start has come. */
export type Start =
  | { kind: 'starting' }
  | { kind: 'signed-out' }
  | { kind: 'no-programme'; reason: 'offline' | 'server' }
  | { kind: 'ready'; services: Services }

/** Another version of Løft, or a reason to load this page again; one that is put off is not shown again, the next one is. */
export interface UpdateOffer {
  /**
   * `waiting` = it waits to be taken into use; `taken` = another tab has done so, and this page is of the version before;
   * `missing` = a part of this page could not be had; `unreachable` = nor can the page be loaded again now.
   */
  readonly kind: 'waiting' | 'taken' | 'missing' | 'unreachable'
}

export interface AppUpdate {
  readonly offer: ReadonlySignal<UpdateOffer | null>
  /** Saves first (`before`), then takes the waiting version into use if there is one, and loads the page again. */
  use(before: () => Promise<void>): Promise<void>
  /** Asks now whether there is a new version. */
  check(): Promise<void>
}

/** What the frame around the pages uses, also before anybody is signed in. Made in main.tsx. */
export interface Shell {
  readonly start: ReadonlySignal<Start>
  readonly appearance: Appearance
  chooseLanguage(language: Language): Promise<void>
  retry(): Promise<void>
  /** `spend` = how: by a sign-in code, unless another way is given. */
  signIn(
    code: string,
    spend?: (deps: SessionDeps, code: string) => Promise<SignedIn>,
  ): Promise<SignedIn>
  /** Puts this device on a group's table, by its link. */
  sitDown(link: string): Promise<{ ok: true } | { ok: false; why: NotSeated }>
  /** Asks the server something before anybody is signed in. */
  ask<Answer>(question: (deps: SessionDeps) => Promise<Answer>): Promise<Answer>
  readonly update: Omit<AppUpdate, 'use'> & { use(): Promise<void> }
  readonly install: { readonly offered: ReadonlySignal<boolean>; install(): Promise<void> }
}

const ShellContext = createContext<Shell | null>(null)
export const ShellProvider = ShellContext.Provider

export const useShell = (): Shell => {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('a page was shown outside ShellProvider')
  return shell
}
