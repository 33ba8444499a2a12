import type { FastifyServerOptions } from 'fastify'
import type { Database } from './store/schema.ts'

/** What the server needs from outside; main.ts has the real ones. */
export interface AppDeps {
  db: Database
  databaseName: 'sqlite' | 'postgresql'
  version: string
  now: () => number
  newEpoch: () => number
  demo: boolean
  /** The page is served over https: cookies say so. */
  secureCookies: boolean
  /** A proxy on this machine stands before the server and tells whom it speaks for. */
  behindProxy: boolean
  /** Folder of media files named by their hash. */
  mediaDir: string
  /** Folder of the built page. */
  pageDir: string
  logger: FastifyServerOptions['logger']
}
