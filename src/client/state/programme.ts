import { computed, signal } from '@preact/signals'
import type { ItemText } from '../../shared/domain/article.ts'
import type { Outline } from '../../shared/domain/outline.ts'
import type { ProgrammeAnswer } from '../../shared/domain/person.ts'
import { allItems } from '../../shared/domain/travel-order.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { ContentDatabase } from '../storage/content-database.ts'
import { databaseMs, orNullAfter } from '../storage/or-null-after.ts'
import type { ContentLibrary } from './services.ts'

const batch = 100

/** The programme as the device has it; null if it never came here. */
export const storedProgramme = async (db: ContentDatabase): Promise<ProgrammeAnswer | null> =>
  (await orNullAfter(databaseMs, db.programmes.get('current'))) ?? null

/** Asks the server for a newer programme; null if there is none or no network. */
export const fetchProgramme = async (
  db: ContentDatabase,
  fetcher: typeof fetch,
  known: string | null,
): Promise<ProgrammeAnswer | null> => {
  const headers = known ? { 'if-none-match': `"${known}"` } : undefined
  const answer = await fetcher(paths.programme, headers ? { headers } : {})
  if (!answer.ok || !isJson(answer)) return null
  const programme = (await answer.json()) as ProgrammeAnswer
  await db.programmes.put({ ...programme, key: 'current' }).catch(() => undefined)
  return programme
}

/**
 * Texts of this outline. `fetchMissing` brings all of them to the device in a few requests and drops those of earlier
 * versions; a text that is asked for before comes alone.
 */
export const createContentLibrary = (
  db: ContentDatabase,
  fetcher: typeof fetch,
  outline: Outline,
): ContentLibrary & { fetchMissing(): Promise<void> } => {
  const items = allItems(outline)
  // Where a group meets at home nobody but its own device has the guide; the others are the facilitator's.
  const guides = (outline.gatherings ?? []).flatMap(({ stop, activities }) =>
    activities.map(({ guide }) => ({ guide, isHome: isHome(outline, stop) })),
  )
  const home = guides.filter((one) => one.isHome).map(({ guide }) => guide)
  const wanted = new Set(
    [...items.map(({ text }) => text), ...home].flatMap(({ nn, nb }) => [nn, nb]),
  )
  const known = new Set([...wanted, ...guides.flatMap(({ guide }) => [guide.nn, guide.nb])])
  const here = signal<ReadonlySet<string>>(new Set())
  const kept = computed(() => ({ texts: here.value.size, of: wanted.size }))

  const fetchTexts = async (hashes: readonly string[]): Promise<Record<string, ItemText>> => {
    const answer = await fetcher(paths.content, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ hashes }),
    })
    if (!answer.ok || !isJson(answer)) return {}
    const texts = (await answer.json()) as Record<string, ItemText>
    await db.texts
      .put(...Object.entries(texts).map(([hash, text]) => ({ hash, text })))
      .then(count)
      .catch(() => undefined) // a full disk: the text is shown all the same
    return texts
  }

  const count = async (): Promise<string[]> => {
    const stored = await db.texts.keys()
    here.value = new Set(stored.filter((hash) => wanted.has(hash)))
    return stored
  }

  /** Returns how many were missing. */
  const bring = async (hashes: readonly string[]): Promise<number> => {
    const stored = new Set(await count())
    const missing = hashes.filter((hash) => !stored.has(hash))
    for (let at = 0; at < missing.length; at += batch) {
      await fetchTexts(missing.slice(at, at + batch))
    }
    return missing.length
  }

  return {
    kept,
    has: ({ text }) => here.value.has(text.nn) && here.value.has(text.nb),
    text: async ({ text }, language) => {
      const hash = text[language]
      const stored = await db.texts.get(hash).catch(() => undefined)
      if (stored) return stored.text
      return (await fetchTexts([hash]).catch(() => ({}) as Record<string, ItemText>))[hash] ?? null
    },
    bring: async (hashes) => {
      await bring(hashes)
    },
    fetchMissing: async () => {
      const stored = await count()
      const missing = await bring([...wanted])
      const stale = stored.filter((hash) => !known.has(hash))
      if (missing > 0 && stale.length > 0) await db.texts.delete(...stale)
    },
  }
}

const isHome = ({ stops }: Outline, stop: string): boolean =>
  stops.find(({ id }) => id === stop)?.kind === 'home'

/** A captive portal answers everything with a page of its own. */
const isJson = (answer: Response): boolean =>
  answer.headers.get('content-type')?.includes('json') ?? false
