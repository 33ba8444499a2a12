import { fromBase64 } from 'lib0/buffer'
import type { HistoryAnswer } from '../../shared/protocol/history.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'
import type { HistoryEntry } from '../../shared/words/replay.ts'
import { isTextRoot } from '../../shared/words/roots.ts'
import type { Asking, EarlierVersion, EarlierVersions } from './earlier-versions.ts'

export interface HistoryDeps {
  fetch: typeof fetch
  /** Whose session may answer. */
  principal: string
}

/** The versions of all texts of a document, from everything that the server has accepted. Never throws. */
export const readEarlierVersions = async (
  deps: HistoryDeps,
  document: string,
  asking: Asking,
): Promise<EarlierVersions> => {
  const read = await readAll(deps, document, asking)
  if (typeof read === 'string') return { kind: read }
  try {
    return { kind: 'versions', versions: await versionsIn(read) }
  } catch {
    return { kind: 'failed' }
  }
}

/** A page after the other, each from the last number of the one before. */
const readAll = async (
  { fetch, principal }: HistoryDeps,
  document: string,
  { signal, progress }: Asking,
): Promise<HistoryEntry[] | 'offline' | 'signed-out' | 'failed'> => {
  const history: HistoryEntry[] = []
  let more = true
  while (more) {
    const after = history.at(-1)?.seq ?? 0
    const query = new URLSearchParams({ doc: document, after: String(after) })
    let answer: Response
    try {
      const headers = { [principalHeader]: principal }
      answer = await fetch(`${paths.history}?${query}`, { headers, signal })
    } catch {
      return 'offline'
    }
    if (answer.status === 401) return 'signed-out'
    // Nobody has sent anything of it yet; for who may not read it there is nothing either.
    if (answer.status === 404) return history
    const page = answer.ok ? await readPage(answer) : null
    if (page === null) return 'failed'
    history.push(...page.entries)
    more = page.more && (history.at(-1)?.seq ?? 0) > after
    progress(history.length)
  }
  return history
}

/** Our server has checked it against the schema; this only tells it from a portal's answer. */
const readPage = async (
  answer: Response,
): Promise<{ entries: HistoryEntry[]; more: boolean } | null> => {
  try {
    const { changes, more } = (await answer.json()) as HistoryAnswer
    const entries = changes.map(({ seq, at, author, update }) => ({
      seq,
      at,
      author: author ?? '',
      update: fromBase64(update),
    }))
    return { entries, more }
  } catch {
    return null
  }
}

const versionsIn = async (history: readonly HistoryEntry[]): Promise<EarlierVersion[]> => {
  const [{ replay }, { versionsOf }] = await Promise.all([
    import('../../shared/words/replay.ts'),
    import('../../shared/words/versions.ts'),
  ])
  const roots = new Set<string>()
  replay(history, (document) => {
    for (const root of document.share.keys()) if (isTextRoot(root)) roots.add(root)
  })
  return [...roots].flatMap((root) =>
    versionsOf(history, root).map(({ text, at, author }) => ({
      root,
      text,
      at,
      author: author === '' ? null : author,
    })),
  )
}
