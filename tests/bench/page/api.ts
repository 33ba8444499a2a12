import type { Note } from '../notes.ts'

/** What the page of ours puts on `window.ours`. Times are ms of that page's `performance.now()`. */
export interface OursApi {
  /** What the product loads late is loaded. */
  ready: Promise<void>
  /** Creates the words of a person, as main.tsx does. */
  open(principal: string, scope: string, online: boolean): Promise<void>
  setOnline(online: boolean): void
  /** Each note in a document of its own: opened, written, flushed, closed. */
  write(notes: readonly Note[]): Promise<void>
  /** The network returns; resolves when every word has its receipt. */
  sendAll(): Promise<{ ms: number }>
  /** Opens the words on an empty device; ends when so many texts are stored. */
  receive(principal: string, scope: string, count: number): Promise<{ ms: number }>
  /** One word at the end of a note. `ms` = from the flush's start to its transaction's completion. */
  typeWord(
    task: string,
    word: string,
  ): Promise<{ ms: number; closedMs: number; completedAt: number }>
  /** The limit of `typeWord`, on the same page: one strict transaction with one put of the text and 40 bytes. */
  raw: {
    fill(database: string, notes: readonly Note[]): Promise<void>
    putOne(database: string, note: Note): Promise<{ ms: number }>
  }
  /** Resolves when the note's stored text ends so; the time at which its transaction was complete. */
  waitForEnd(task: string, end: string): Promise<number>
  text(task: string): string
  unsent(): number
  now(): number
  stop(): Promise<void>
  /** A cold start (`#cold=<principal>=<scope>`): ms from the page's start until the texts were read, and their number. */
  cold: Promise<{ ms: number; scriptMs: number; texts: number }> | null
}

/** What the limit's page puts on `window.limit`: no library, no words, the same durability. */
export interface LimitApi {
  /** One gzip POST of all texts; the server answers after one durable transaction. */
  post(notes: readonly Note[]): Promise<{ ms: number }>
  /** One GET of all texts, gzipped, and one strict transaction with a put for each. */
  receive(database: string, count: number): Promise<{ ms: number }>
  /** Puts notes with their updates into a database, for what comes after. */
  fill(database: string, notes: readonly Note[]): Promise<void>
  /** Listens to the server's events; each word that comes is put into the database. */
  listen(database: string): Promise<void>
  /** One POST of one word. */
  postWord(word: string): Promise<{ begunAt: number }>
  waitForWord(word: string): Promise<number>
  now(): number
  /** A cold start (`#cold=<database>`). */
  cold: Promise<{ ms: number; scriptMs: number; texts: number }> | null
}

declare global {
  interface Window {
    ours: OursApi
    limit: LimitApi
  }
}
