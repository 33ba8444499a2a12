import type { Language } from '../../shared/domain/languages.ts'
import type { Me } from '../../shared/domain/person.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'

interface OwnDataDeps {
  fetch: typeof fetch
}

/** All that the server has of the person, to read or for programs; null if not all of it came. */
export const fetchOwnData = async (
  { fetch }: OwnDataDeps,
  me: Me,
  kind: 'data' | { language: Language },
): Promise<Blob | null> => {
  try {
    const path =
      typeof kind === 'object' ? `${paths.ownDataPage}?language=${kind.language}` : paths.ownData
    const answer = await fetch(path, { headers: { [principalHeader]: me.principal } })
    // An answer that breaks off in the middle rejects: there is no half file.
    return answer.ok ? await answer.blob() : null
  } catch {
    return null
  }
}
