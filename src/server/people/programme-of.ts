import type { Outline } from '../../shared/domain/outline.ts'
import type { Audience } from '../../shared/domain/programme.ts'
import type { Database } from '../store/schema.ts'

/** Whom a programme is for. `tracks` = the audiences that have a line of their own. */
export interface ProgrammeAudiences {
  audiences: Audience[]
  tracks: string[]
}

/** Nobody, where the package has not been published yet. */
export const readProgrammeOf = async (
  db: Database,
  { package: id, version }: { package: string; version: string },
): Promise<ProgrammeAudiences> => {
  const row = await db
    .selectFrom('package_version')
    .select('outline')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) return { audiences: [], tracks: [] }
  const outline = JSON.parse(row.outline) as Outline
  return {
    audiences: outline.audiences,
    tracks: outline.tracks.map(({ audience }) => audience),
  }
}
