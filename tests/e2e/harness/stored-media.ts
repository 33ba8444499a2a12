import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import type { Outline } from '../../../src/shared/domain/outline.ts'
import { allItems } from '../../../src/shared/domain/travel-order.ts'
import { chunkCacheName } from '../../../src/shared/media/chunk-cache.ts'
import type { TestServer } from './server.ts'

/** Puts a file of this many bytes, which plays nothing, in the place of an item's film. Nobody has the programme yet. */
export const giveLargeFilm = (server: TestServer, path: string, size: number): string => {
  const bytes = randomBytes(size)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(join(server.data, 'media', `${sha256}.mp4`), bytes)
  replaceFilm(server.data, path, { sha256, size })
  return sha256
}

/** Tells the database that an item's film is this file, which lies among the server's media. */
export const replaceFilm = (
  dataDir: string,
  path: string,
  { sha256, size }: { sha256: string; size: number },
): void => {
  const db = new DatabaseSync(join(dataDir, 'loft.sqlite'))
  db.prepare('insert into media (hash, size, type) values (?, ?, ?)').run(sha256, size, 'video/mp4')
  const rows = db.prepare('select id, version, outline from package_version').all()
  for (const { id, version, outline: json } of rows) {
    const outline = JSON.parse(String(json)) as Outline
    const item = allItems(outline).find((one) => one.path === path)
    if (!item?.media) continue
    Object.assign(item.media.file, { sha256, size })
    item.media.described = null
    db.prepare('update package_version set outline = ?, hash = ? where id = ? and version = ?').run(
      JSON.stringify(outline),
      sha256,
      String(id),
      String(version),
    )
  }
  db.close()
}

/** Numbers of a file's pieces on the device. */
export const storedPieces = (page: Page, sha256: string): Promise<number[]> =>
  page.evaluate(
    async ([name, sha256]) => {
      const paths = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)
      return paths.flatMap((path) => {
        const [, index] = path.split(`/media/${sha256}/chunks/`)
        return index === undefined ? [] : Number(index)
      })
    },
    [chunkCacheName, sha256] as const,
  )
