import type { Outcome } from '../sync/outcome.ts'
import type { Connection } from './words.ts'

/** What a sync's end says about the connection; another tab's sync, or a broken database, says nothing. */
export const connectionAfter = (outcome: Outcome, before: Connection): Connection => {
  switch (outcome.kind) {
    case 'done':
      return 'online'
    case 'wait':
      return 'refused'
    case 'refused':
      return outcome.status === 426 ? 'outdated' : 'refused'
    case 'offline':
    case 'signed-out':
      return outcome.kind
    case 'busy':
    case 'broken':
      return before
  }
}
