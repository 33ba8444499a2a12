import type { FastifyServerOptions } from 'fastify'
import type { RouteSpec } from './http/route.ts'
import type { Timers } from './live/live.ts'
import type { Sender } from './mail/sender.ts'
import type { OidcDeps } from './oidc/flow.ts'
import type { Database } from './store/schema.ts'
import type { Store } from './store/store.ts'
import type { Ledger } from './words/ledger.ts'
import type { Merging } from './words/merging.ts'
import type { Scrubber } from './words/scrubber.ts'

/** What the server needs from outside; main.ts has the real ones. */
export interface AppDeps {
  store: Store
  /** The store's. */
  db: Database
  merging: Merging
  /** Takes note of who signs out, and who erases themselves. */
  ledger: Ledger
  /** Is told when somebody has. */
  scrubber: Pick<Scrubber, 'wanted'>
  version: string
  now: () => number
  timers: Timers
  newEpoch: () => number
  demo: boolean
  /** The page is served over https: cookies say so. */
  secureCookies: boolean
  /** A proxy on this machine stands before the server and tells whom it speaks for. */
  behindProxy: boolean
  /** Where the server is seen from outside, such as `https://loft.example`; null on one machine alone. */
  publicOrigin: string | null
  /** Sends invitations; null = there is no mail server, and their links are shown. */
  mail: Pick<Sender, 'newLink' | 'wanted' | 'tell'> | null
  oidc: OidcDeps
  /** Folder of media files named by their hash. */
  mediaDir: string
  /** Folder of the built page. */
  pageDir: string
  logger: FastifyServerOptions['logger']
  /** Sees every answer of the API before it is JSON: tests hold it against what is declared. */
  onAnswer?: (spec: RouteSpec | undefined, answer: unknown) => void
}
