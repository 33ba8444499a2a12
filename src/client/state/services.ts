import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ItemText } from '../../shared/domain/article.ts'
import type { Language } from '../../shared/domain/languages.ts'
import type { Outline, OutlineItem } from '../../shared/domain/outline.ts'
import type { Me } from '../../shared/domain/person.ts'
import type { Asking, EarlierVersions } from './earlier-versions.ts'
import type { GroupPresence } from './presence.ts'
import type { Words } from './words.ts'

/** Texts of the programme on this device. */
export interface ContentLibrary {
  /** The text in this language, from the device or the network; null if it can be had from neither. */
  text(item: OutlineItem, language: Language): Promise<ItemText | null>
  /** How many of the programme's texts are on the device. */
  readonly kept: ReadonlySignal<{ texts: number; of: number }>
}

/** Where one file of film or sound is. */
export type KeepState =
  | { kind: 'absent' }
  | { kind: 'loading'; bytes: number; of: number }
  | { kind: 'stopped'; reason: 'network' | 'full' | 'damaged'; bytes: number; of: number }
  | { kind: 'kept' }

/** Films and sound on this device. */
export interface MediaLibrary {
  /** By SHA-256; absent if missing. */
  readonly states: ReadonlySignal<Record<string, KeepState>>
  keep(item: OutlineItem): Promise<void>
  cancel(item: OutlineItem): void
  remove(item: OutlineItem): Promise<void>
  /** What the browser says of this site's room, bytes; null if it does not say. */
  estimate(): Promise<{ used: number; quota: number } | null>
}

/** What a page may use once somebody is signed in. Made in main.tsx. */
export interface Services {
  readonly me: Me
  readonly outline: Outline
  readonly words: Words
  readonly content: ContentLibrary
  readonly media: MediaLibrary
  readonly presence: GroupPresence
  /** The current time, ms since 1970: follows the clock in steps of a minute. */
  readonly now: ReadonlySignal<number>
  readonly account: Account
  /** What a document once said, from the server. Never throws. */
  earlierVersions(document: string, asking: Asking): Promise<EarlierVersions>
}

export interface Account {
  /** A code for another device of the same person, valid for ten minutes. */
  deviceCode(): Promise<{ code: string; expiresAt: number } | null>
  /** Sends first. `unsent` = the words stay on this device, locked to their owner; asked again with `force` it leaves. */
  signOut(force: boolean): Promise<'done' | 'unsent'>
}

const ServicesContext = createContext<Services | null>(null)
export const ServicesProvider = ServicesContext.Provider

export const useServices = (): Services => {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('a page was shown outside ServicesProvider')
  return services
}
