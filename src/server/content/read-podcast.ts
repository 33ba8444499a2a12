import type { Inline, ItemText } from '../../shared/domain/article.ts'
import type { Language } from '../../shared/domain/languages.ts'
import type { MediaFile, Outline, OutlineItem } from '../../shared/domain/outline.ts'
import { allItems } from '../../shared/domain/travel-order.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { Database } from '../store/schema.ts'
import type { Podcast } from './podcast-feed.ts'
import { readTexts } from './read-content.ts'

export type PodcastReader = (
  id: string,
  language: Language,
  origin: string,
) => Promise<Podcast | null>

/**
 * Reads the open episodes of a package's newest version; null if there are none. `origin` is where the server is seen from
 * outside. Apps ask every hour: a version is read once, since it never changes.
 */
export const podcastReader = (db: Database): PodcastReader => {
  const read = new Map<string, OpenVersion>()
  const versionsOf = async (id: string): Promise<OpenVersion[]> => {
    const rows = await db
      .selectFrom('package_version')
      .select(['version', 'published_at'])
      .where('id', '=', id)
      .orderBy('published_at')
      .execute()
    return Promise.all(
      rows.map(async ({ version, published_at }) => {
        const key = `${id} ${version}`
        const found = read.get(key)
        if (found) return found
        const { outline } = await db
          .selectFrom('package_version')
          .select('outline')
          .where('id', '=', id)
          .where('version', '=', version)
          .executeTakeFirstOrThrow()
        const made = openVersion(JSON.parse(outline), Number(published_at))
        read.set(key, made)
        return made
      }),
    )
  }
  return async (id, language, origin) => podcastOf(db, await versionsOf(id), id, language, origin)
}

/** What the feed needs of one published version. */
interface OpenVersion {
  at: number
  title: Outline['title']
  summary: Outline['summary']
  open: (OutlineItem & { file: MediaFile })[]
}

const podcastOf = async (
  db: Database,
  versions: readonly OpenVersion[],
  id: string,
  language: Language,
  origin: string,
): Promise<Podcast | null> => {
  const newest = versions.at(-1)
  if (!newest || newest.open.length === 0) return null
  // When an episode first was open: a later version of the programme does not make it new.
  const firstOpen = (item: OutlineItem): number =>
    versions.find(({ open }) => open.some((one) => one.id === item.id))?.at ?? newest.at
  const hashes = newest.open.map(({ text }) => text[language])
  const texts = new Map(
    (await readTexts(db, hashes, false)).map(({ hash, body }) => [
      hash,
      JSON.parse(body) as ItemText,
    ]),
  )
  return {
    title: newest.title[language],
    summary: newest.summary[language],
    language,
    self: origin + paths.feed(id, language),
    page: `${origin}/`,
    cover: `${origin}/podcast.png`,
    episodes: newest.open.map((item) => {
      const text = texts.get(item.text[language])
      return {
        id: item.id,
        title: item.title[language],
        summary: item.summary[language],
        about:
          text?.blocks.flatMap((block) =>
            block.kind === 'paragraph' ? [plain(block.inlines)] : [],
          ) ?? [],
        said: text?.cues.map((cue) => cue.text) ?? [],
        file: {
          url: origin + paths.episode(item.file.sha256),
          bytes: item.file.size,
          seconds: item.file.seconds,
        },
        publishedAt: firstOpen(item),
      }
    }),
  }
}

const openVersion = (outline: Outline, at: number): OpenVersion => ({
  at,
  title: outline.title,
  summary: outline.summary,
  open: allItems(outline).flatMap((item) =>
    item.open && item.kind === 'podcast' && item.media ? [{ ...item, file: item.media.file }] : [],
  ),
})

const plain = (inlines: readonly Inline[]): string => inlines.map(({ text }) => text).join('')
