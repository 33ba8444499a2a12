import { decodeCheckAnswer, encodeCheckRequest } from '../../shared/protocol/check-frames.ts'
import { limits } from '../../shared/protocol/frames.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { DatabaseAccess } from '../storage/database-access.ts'
import * as words from '../storage/heal-words.ts'
import type { ScopeRow } from '../storage/words-database.ts'
import type { Failed, Transport } from './transport.ts'

export interface Healed {
  /** Documents that were different. */
  docs: number
}
interface HealParts {
  access: DatabaseAccess
  post: Transport['post']
  now(): number
}

/** Digests in one request; a state vector is a few bytes for each time that somebody has opened the document. */
const mostDocuments = 200
const mostBytes = limits.requestBytes / 2

/**
 * Compares every document of a scope with the server's: takes in what this device lacks, and lets what the server lacks wait to
 * be sent; in a scope that was left, only that. To be called when the scope is up to date and nothing else of it waits. A failure leaves the scope to be healed.
 */
export const healScope = async (
  { access, post, now }: HealParts,
  born: string,
  scope: ScopeRow,
): Promise<Healed | Failed> => {
  const healing = { born, scope: scope.id, epoch: scope.epoch ?? 0, status: scope.status }
  const healed: Healed = { docs: 0 }
  let ids = await access.run((database) => words.documentsOf(database, scope.id))
  while (ids.length > 0) {
    const batch = ids.slice(0, mostDocuments)
    const digests = await access.run((database) => words.readDigests(database, batch))
    const asked = firstOf(digests)
    const posted = await post(
      paths.syncCheck,
      encodeCheckRequest({ scope: scope.id, docs: asked }),
      (bytes) => decodeCheckAnswer(scope.id, bytes),
    )
    if (posted.kind !== 'answer') return posted
    const { status, epoch, answered, docs } = posted.answer
    // Another epoch, or other rights: the next answer of the sync tells what to do.
    if (status !== scope.status || epoch !== healing.epoch || answered === 0) return healed
    for (const theirs of docs) {
      if (!asked.some((one) => one.doc === theirs.doc)) continue
      const isStored = await access.run((database) =>
        words.storeDifference(database, healing, theirs, now()),
      )
      if (!isStored) return healed
      healed.docs++
    }
    ids = ids.slice(Math.min(answered, asked.length))
  }
  await access.run((database) => words.endHealing(database, healing))
  return healed
}

const firstOf = <Digest extends { stateVector: Uint8Array }>(digests: Digest[]): Digest[] => {
  let bytes = 0
  return digests.filter((digest, index) => {
    bytes += digest.stateVector.length + 400
    return index === 0 || bytes <= mostBytes
  })
}
