/** One open episode, in the language of the feed. */
export interface Episode {
  /** The item's, for ever. */
  id: string
  title: string
  summary: string
  /** What is said and what it is about, paragraph by paragraph. */
  about: readonly string[]
  said: readonly string[]
  file: { url: string; bytes: number; seconds: number }
  /** ms since 1970. */
  publishedAt: number
}

export interface Podcast {
  title: string
  summary: string
  language: string
  /** Absolute addresses: of this feed, of the programme's page, of the cover (square, 1400–3000 px). */
  self: string
  page: string
  cover: string
  /** In the order in which they are to be heard. */
  episodes: readonly Episode[]
}

/**
 * RSS 2.0 as podcast apps read it (https://cyber.harvard.edu/rss/rss.html, https://podcasters.apple.com/support/823-podcast-requirements).
 * `serial`, since a programme is heard from its beginning. Apple's list of types knows M4A as audio/x-m4a alone; the others take
 * both names.
 */
export const podcastFeed = (podcast: Podcast): string => {
  const { title, summary, language, self, page, cover, episodes } = podcast
  const newest = Math.max(...episodes.map(({ publishedAt }) => publishedAt))
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
${element('title', title)}
${element('link', page)}
<atom:link href="${escaped(self)}" rel="self" type="application/rss+xml"/>
${element('description', summary)}
${element('language', language)}
${element('lastBuildDate', rssDate(newest))}
${element('generator', 'Løft')}
<image>${element('url', cover)}${element('title', title)}${element('link', page)}</image>
<itunes:image href="${escaped(cover)}"/>
${element('itunes:author', title)}
${element('itunes:type', 'serial')}
${element('itunes:explicit', 'false')}
<itunes:category text="Education"/>
${episodes.map((episode, at) => item(episode, at + 1, language)).join('\n')}
</channel>
</rss>
`
}

const item = (episode: Episode, number: number, language: string): string => {
  const { id, title, summary, file, publishedAt } = episode
  return `<item>
${element('title', title)}
${element('description', summary)}
${element('content:encoded', htmlOf(episode))}
<guid isPermaLink="false">${escaped(`${id}:${language}`)}</guid>
${element('pubDate', rssDate(publishedAt))}
<enclosure url="${escaped(file.url)}" length="${file.bytes}" type="audio/x-m4a"/>
${element('itunes:duration', String(Math.round(file.seconds)))}
${element('itunes:episode', String(number))}
${element('itunes:episodeType', 'full')}
${element('itunes:explicit', 'false')}
</item>`
}

/** The transcript comes along: not everybody hears. Its heading is the same in both languages. */
const htmlOf = ({ about, said }: Episode): string => {
  const paragraphs = (texts: readonly string[]): string =>
    texts.map((text) => `<p>${escaped(text)}</p>`).join('')
  return `${paragraphs(about)}<h2>Dette blir sagt</h2>${paragraphs(said)}`
}

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for XML and for an attribute; characters that XML 1.0 cannot hold are left out. */
const escaped = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '') // half a character
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to leave out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (one) => entities[one] ?? one)

/** RFC 822 wants +0000 or GMT: `Thu, 26 Nov 2026 08:00:00 GMT`. */
const rssDate = (at: number): string => new Date(at).toUTCString()
