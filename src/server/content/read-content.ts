import type { Database } from '../store/schema.ts'

/** Texts by hash; without a session only those that the editor marked open. Unknown ones are left out. */
export const readTexts = (
  db: Database,
  hashes: readonly string[],
  signedIn: boolean,
): Promise<{ hash: string; body: string }[]> => {
  if (hashes.length === 0) return Promise.resolve([])
  const query = db.selectFrom('package_text').select(['hash', 'body']).where('hash', 'in', hashes)
  return signedIn
    ? query.execute()
    : query.where('hash', 'in', (e) => e.selectFrom('open_text').select('hash')).execute()
}

const endings: Record<string, string> = { 'video/mp4': 'mp4', 'audio/mp4': 'm4a' }

/** Name of the stored file with this SHA-256 in the media folder, or null. */
export const mediaFile = async (db: Database, sha256: string): Promise<string | null> => {
  const row = await db
    .selectFrom('media')
    .select('type')
    .where('hash', '=', sha256)
    .executeTakeFirst()
  return row ? mediaFileName(sha256, row.type) : null
}

export const mediaFileName = (sha256: string, type: string): string =>
  `${sha256}.${endings[type] ?? 'bin'}`
