import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { allItems } from '../../shared/domain/travel-order.ts'
import type { Database } from '../store/schema.ts'
import type { ContentStore } from './content-store.ts'
import { storeManifests } from './manifests.ts'
import { mediaFileName } from './read-content.ts'

/** Packages in the database, their media as files named by hash. */
export const databaseContentStore = (
  db: Database,
  mediaDir: string,
  now: () => number,
): ContentStore => ({
  publish: async (pkg) => {
    const { id, version } = pkg.outline
    const storedHash = async (): Promise<string | undefined> => {
      const row = await db
        .selectFrom('package_version')
        .select('hash')
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst()
      return row?.hash
    }
    const stored = await storedHash()
    if (stored && stored !== pkg.hash) return 'version-taken'

    // Files first: a file without a row harms nobody, a row without a file would. Of a version that is stored already, a
    // lost file comes back.
    await mkdir(mediaDir, { recursive: true })
    for (const [hash, { path, manifest }] of pkg.media) {
      await placeFile(path, join(mediaDir, mediaFileName(hash, manifest.type)), manifest.size)
    }
    const manifests = [...pkg.media.values()].map(({ manifest }) => manifest)
    if (stored) {
      await storeManifests(db, manifests) // an earlier release made none
      return 'unchanged'
    }
    const isFirst = await db.transaction().execute(async (tx) => {
      // Several nodes start at once: the others wait here for the first, and find that all is done.
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('package_version')
        .values({ id, version, hash: pkg.hash, outline: pkg.outlineJson, published_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) return false
      for (const [hash, body] of pkg.texts) {
        await tx
          .insertInto('package_text')
          .values({ hash, body })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
      for (const { sha256, size, type } of manifests) {
        await tx
          .insertInto('media')
          .values({ hash: sha256, size, type })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
      await storeManifests(tx, manifests)
      for (const item of allItems(pkg.outline).filter((entry) => entry.open)) {
        for (const hash of new Set(Object.values(item.text))) {
          await tx
            .insertInto('open_text')
            .values({ hash })
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        }
      }
      return true
    })
    if (isFirst) return 'published'
    return (await storedHash()) === pkg.hash ? 'unchanged' : 'version-taken'
  },
})

/** A whole copy or none: written beside its place, then renamed. */
const placeFile = async (from: string, to: string, size: number): Promise<void> => {
  const there = await stat(to).catch(() => null)
  if (there?.size === size) return
  // A name of its own: another node may share the folder.
  const partial = `${to}.${randomUUID()}.part`
  await copyFile(from, partial, constants.COPYFILE_FICLONE)
  await rename(partial, to)
}
