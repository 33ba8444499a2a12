import type { ScopeAnswer } from '../../shared/protocol/frames.ts'
import type { Clock } from '../storage/clock.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import { storeAnswer } from '../storage/store-answer.ts'
import { storeItems } from '../storage/store-items.ts'
import type { Applied } from './engine.ts'

interface PushedParts {
  access: DatabaseAccess
  clock: Clock
  applied(change: Applied): void
}

/**
 * Takes in what the server pushes; false if it is to be asked for by the sync. The server leaves out what this device has
 * written. A database that is new under an open page (its name is not `born`) has that only from a sync, and without one it
 * knows no epoch: nothing is taken there.
 */
export const takePushed = async (
  { access, clock, applied }: PushedParts,
  born: string,
  from: number,
  answer: ScopeAnswer,
): Promise<boolean> => {
  if (answer.status !== 'ok' || answer.items.length === 0 || answer.cursor < from) return false
  const stored = await access.run((database) =>
    storeAnswer(database, {
      born,
      request: { id: answer.id, cursor: from, epoch: answer.epoch },
      answer,
      pushes: [],
      isPushed: true,
      now: clock.now(),
      storeItems,
    }),
  )
  applied({ ...stored, refused: [] })
  return !stored.overtaken && !answer.more
}
