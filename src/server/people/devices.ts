import type { DeviceList } from '../../shared/domain/devices.ts'
import { sha256 } from '../store/hash.ts'
import type { Ledger } from '../words/ledger.ts'
import { type SessionDeps, sessionLifetime } from './sessions.ts'

/** Where somebody is signed in, the latest used first. `token` = of the session that asks. */
export const listDevices = async (
  { db, now }: SessionDeps,
  person: string,
  token: string,
): Promise<DeviceList> => {
  const rows = await db
    .selectFrom('session')
    .select(['hash', 'label', 'created_at', 'expires_at'])
    .where('person', '=', person)
    .where('expires_at', '>', now())
    .where('ended_at', 'is', null)
    .orderBy('expires_at', 'desc')
    .execute()
  return {
    devices: rows.map(({ hash, label, created_at, expires_at }) => ({
      id: nameOf(hash),
      label,
      signedInAt: created_at,
      usedAt: Math.max(created_at, expires_at - sessionLifetime),
      isThis: hash === sha256(token),
    })),
  }
}

/**
 * Signs one of the person's devices out. It learns so when it next asks, and locks itself: what has been sent goes from it, what has
 * not stays, for its owner. False if it is none of theirs.
 */
export const endDevice = async (
  { db, now, ledger }: SessionDeps & { ledger: Pick<Ledger, 'signedOut'> },
  person: string,
  id: string,
): Promise<boolean> => {
  const rows = await db.selectFrom('session').select('hash').where('person', '=', person).execute()
  const hash = rows.find((row) => nameOf(row.hash) === id)?.hash
  if (hash === undefined) return false
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set({ ended_at: now() })
    .where('hash', '=', hash)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  ledger.signedOut(hash, now())
  // A code that it has made for another device would let its holder in again.
  await db
    .deleteFrom('sign_in_code')
    .where('person', '=', person)
    .where('uses_left', 'is not', null) // the demonstration's own are of many uses
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('invitation')
            .select('person')
            .whereRef('invitation.hash', '=', 'sign_in_code.hash'),
        ),
      ),
    )
    .execute()
  return true
}

/** Names a session to its owner; nothing leads back from it to the hash. */
const nameOf = (hash: string): string => sha256(`device ${hash}`).slice(0, 24)

/** `Firefox, Windows` out of what a browser says of itself; null if it says nothing that we know. */
export const deviceLabel = (userAgent: string | undefined): string | null => {
  if (userAgent === undefined) return null
  const find = (known: readonly (readonly [RegExp, string])[]): string[] => {
    const found = known.find(([pattern]) => pattern.test(userAgent))
    return found ? [found[1]] : []
  }
  return [...find(browsers), ...find(systems)].join(', ') || null
}

// Each pretends to be those that come after it.
const browsers = [
  [/Edg(A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
] as const
