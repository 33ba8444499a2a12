import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ItemText } from '../../shared/domain/article.ts'
import type { Language } from '../../shared/domain/languages.ts'
import type { Outline, OutlineItem } from '../../shared/domain/outline.ts'
import type { Me } from '../../shared/domain/person.ts'
import type { Cards } from './cards.ts'
import type { Asking, EarlierVersions } from './earlier-versions.ts'
import type { NowPlaying } from './playing.ts'
import type { GroupPresence } from './presence.ts'
import type { Reports } from './reports.ts'
import type { SumsSight } from './sums.ts'
import type { TableWriter } from './table-writer.ts'
import type { Words } from './words.ts'

/** Texts of the programme on this device. */
export interface ContentLibrary {
  /** The text in this language, from the device or the network; null if it can be had from neither. */
  text(item: Pick<OutlineItem, 'text'>, language: Language): Promise<ItemText | null>
  /** Brings texts to the device by their hashes, such as a facilitator's guides, in few requests. */
  bring(hashes: readonly string[]): Promise<void>
  /** Its text, with captions and transcript, is on the device in both languages; drawn anew when that changes. */
  has(item: OutlineItem): boolean
  /** How many of the programme's texts are on the device. */
  readonly kept: ReadonlySignal<{ texts: number; of: number }>
}

/**
 * Where an item's film or sound is, with its described version: one thing to the person. `bytes` = verified on this device,
 * `of` = all of it; what is absent may have come in part, from watching.
 */
export type KeepState =
  | { kind: 'absent'; bytes: number }
  | { kind: 'waiting' | 'loading' | 'paused'; bytes: number; of: number }
  | { kind: 'stopped'; reason: 'network' | 'full' | 'damaged'; bytes: number; of: number }
  | { kind: 'kept' }

/** All that is being brought to the device, by whichever window. */
export interface DownloadQueue {
  kind: 'idle' | 'running' | 'paused' | 'no-wifi' | 'no-network'
  /** Ids of the items that are left, in order. */
  items: readonly string[]
  bytes: number
  of: number
  /** Null while it cannot be said. */
  secondsLeft: number | null
}

/** One file on this device, whole or in part. `usedAt` = last played, ms since 1970. */
export interface StoredFile {
  sha256: string
  bytes: number
  /** The person chose to keep it; else it came by watching, and goes first when room is short. */
  pinned: boolean
  usedAt: number | null
}

/** Films and sound on this device. */
export interface MediaLibrary {
  /** By the SHA-256 of an item's main file; nothing of what is missing here lies on the device. */
  readonly states: ReadonlySignal<Record<string, KeepState>>
  readonly queue: ReadonlySignal<DownloadQueue>
  /** Puts them at the end of the queue, those without film or sound left out; what was stopped is tried again. */
  keep(items: readonly OutlineItem[]): void
  pause(): void
  resume(): void
  /** Out of the queue; the pieces that came stay as if they had been watched. */
  cancel(items: readonly OutlineItem[]): void
  remove(item: OutlineItem): Promise<void>
  /** Removes one file, for those that no item of the programme has any more. */
  removeFile(sha256: string): Promise<void>
  /** Downloads wait for Wi-Fi, where the browser can tell. Remembered on this device. */
  readonly wifiOnly: ReadonlySignal<boolean>
  setWifiOnly(on: boolean): void
  /** Bytes a second of the last download on this device; null = none was long enough to measure. */
  readonly rate: ReadonlySignal<number | null>
  stored(): Promise<readonly StoredFile[]>
  /** `lasts` = the browser has promised not to clear what is kept, null if it does not say. */
  browser(): Promise<{ lasts: boolean | null; tellsWifi: boolean }>
  /** What opens, plays and seeks without a network: every piece and both languages' texts are looked for. */
  check(items: readonly OutlineItem[]): Promise<{ ready: boolean; missing: OutlineItem[] }>
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
  readonly playing: NowPlaying
  /** The current time, ms since 1970: follows the clock in steps of a minute. */
  readonly now: ReadonlySignal<number>
  /** Who writes at a shared tablet. */
  readonly writer: TableWriter
  readonly account: Account
  /** Null on everybody's own devices. */
  readonly table: Table | null
  /** What this person has to say of mistakes in the texts. */
  reports(): Promise<Reports>
  /** What groups share with each other, and the cards that this person or tablet writes. */
  cards(): Promise<Cards>
  /** For what one asks of the server when one needs it: state/admin-api.ts and its like, never a page. */
  readonly server: {
    fetch: typeof fetch
    /** Null where the browser refuses it. */
    storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  }
  /** What a document once said, from the server. Never throws. */
  earlierVersions(document: string, asking: Asking): Promise<EarlierVersions>
  /** What a resource person is told of the answers of those they meet. Never throws. */
  sums(): Promise<SumsSight>
}

/** The group's table that this device lies on. */
export interface Table {
  /** The link by which other tablets join too. */
  readonly link: string
  /** Ms since 1970. */
  readonly expiresAt: number
  /** The time is over, or somebody has ended it: nothing is read any more. */
  readonly isOver: ReadonlySignal<boolean>
  /**
   * Sends, and then everything of the group goes from this device. `unsent` = it stays; asked again with `unsentToo`, when that is
   * saved as a file, it goes.
   */
  leave(unsentToo: boolean): Promise<'done' | 'unsent'>
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
