import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from '../../shared/media/manifest.ts'
import type { Database } from '../store/schema.ts'
import { fingerprint } from './fingerprint.ts'
import { mediaFileName } from './read-content.ts'

/** Those that are there already are kept as they are. */
export const storeManifests = async (
  db: Database,
  manifests: readonly Manifest[],
): Promise<void> => {
  for (const manifest of manifests) {
    await db
      .insertInto('media_manifest')
      .values({ hash: manifest.sha256, body: JSON.stringify(manifest) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Files that are lost or damaged on the server's disk, remembered at most. */
const mostSpoilt = 1000

/**
 * The manifest of a file as JSON, or null. Files of versions that an earlier release published, and whose package is gone, have
 * none yet: it is made from the stored file at the first question, once however many ask. A damaged file is not looked through
 * again before it is another one.
 */
export const manifestReader = (
  db: Database,
  mediaDir: string,
  read: typeof fingerprint = fingerprint,
): ((sha256: string) => Promise<string | null>) => {
  const inTheMaking = new Map<string, Promise<string | null>>()
  const spoilt = new Map<string, string>()

  const make = async (sha256: string): Promise<string | null> => {
    const media = await db
      .selectFrom('media')
      .select('type')
      .where('hash', '=', sha256)
      .executeTakeFirst()
    if (!media) return null
    const type = media.type as Manifest['type']
    const file = join(mediaDir, mediaFileName(sha256, type))
    const look = await stat(file).then(
      ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
      () => null,
    )
    if (look === null || spoilt.get(sha256) === look) return null
    const made = await read(file).catch(() => null)
    if (made?.sha256 !== sha256) {
      spoilt.set(sha256, look)
      const [oldest] = spoilt.keys()
      if (spoilt.size > mostSpoilt && oldest) spoilt.delete(oldest)
      return null
    }
    spoilt.delete(sha256)
    const { size, chunkSize, chunks } = made
    const manifest: Manifest = { sha256, size, type, chunkSize, chunks }
    await storeManifests(db, [manifest])
    return JSON.stringify(manifest)
  }

  return async (sha256) => {
    const row = await db
      .selectFrom('media_manifest')
      .select('body')
      .where('hash', '=', sha256)
      .executeTakeFirst()
    if (row) return row.body
    const making = inTheMaking.get(sha256) ?? make(sha256).finally(() => inTheMaking.delete(sha256))
    inTheMaking.set(sha256, making)
    return making
  }
}
