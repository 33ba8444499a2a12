import { readFileSync } from 'node:fs'
import { DOMParser, type Element } from '@xmldom/xmldom'
import { expect, test } from 'vitest'
import type { AppDeps } from '../../../src/server/app-deps.ts'
import { databaseContentStore } from '../../../src/server/content/database-content-store.ts'
import { podcastFeed } from '../../../src/server/content/podcast-feed.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import {
  contentFolder,
  edited,
  type Files,
  readGood,
  writeSample,
} from '../content/sample-package.ts'
import { type TestApp, testApp } from '../test-app.ts'

const atom = 'http://www.w3.org/2005/Atom'
const itunes = 'http://www.itunes.com/dtds/podcast-1.0.dtd'
const encoded = 'http://purl.org/rss/1.0/modules/content/'

const item = 'tracks/folkevalde/lyd/item.yaml'
const open = (title = '{ nn: Lyd, nb: Lyd }'): Files =>
  edited(item, 'title: { nn: Lyd, nb: Lyd }', `open: true\ntitle: ${title}`)

/** A server with the sample package, published at its clock's time. */
const withSample = async (files: Files, changes: Partial<AppDeps> = {}): Promise<TestApp> => {
  const server = await testApp({ publicOrigin: 'https://loft.example', ...changes })
  await publish(server, files)
  return server
}
const publish = async ({ db, mediaDir, clock }: TestApp, files: Files): Promise<void> => {
  const pkg = await readGood(writeSample(contentFolder(), files))
  await databaseContentStore(db, mediaDir, () => clock.now).publish(pkg)
}

const feed = ({ app }: TestApp, id = 'base', language = 'nn', headers = {}) =>
  app.inject({ method: 'GET', url: paths.feed(id, language), headers })

/** Any mistake of form ends the test. */
const parse = (xml: string): Element => {
  const stop = (_level: string, message: string): never => {
    throw new Error(message)
  }
  const root = new DOMParser({ onError: stop }).parseFromString(
    xml,
    'application/xml',
  ).documentElement
  if (!root) throw new Error('no root')
  return root
}
const one = (parent: Element, name: string, space: string | null = null): Element => {
  const found = [...parent.childNodes].filter(
    (node): node is Element =>
      node.nodeType === 1 && (node as Element).localName === name && node.namespaceURI === space,
  )
  if (!found[0] || found.length > 1) throw new Error(`${found.length} × ${name}`)
  return found[0]
}
const text = (parent: Element, name: string, space: string | null = null): string =>
  one(parent, name, space).textContent ?? ''
const items = (channel: Element): Element[] => [...channel.getElementsByTagName('item')]

test('the feed is RSS 2.0 that another library reads, with all that podcast apps ask for', async () => {
  const server = await withSample(open())
  const response = await feed(server)
  expect(response.statusCode).toBe(200)
  expect(response.headers).toMatchObject({
    'content-type': 'application/rss+xml; charset=utf-8',
    'cache-control': 'public, max-age=900',
  })
  const rss = parse(response.body)
  expect([rss.tagName, rss.getAttribute('version')]).toEqual(['rss', '2.0'])
  const channel = one(rss, 'channel')
  expect(text(channel, 'title')).toBe('Program')
  expect(text(channel, 'link')).toBe('https://loft.example/')
  expect(text(channel, 'description')).toBe('Om')
  expect(text(channel, 'language')).toBe('nn')
  expect(one(channel, 'link', atom).getAttribute('href')).toBe(
    'https://loft.example/feeds/base/nn.xml',
  )
  expect(one(channel, 'link', atom).getAttribute('rel')).toBe('self')
  expect(one(channel, 'image', itunes).getAttribute('href')).toBe(
    'https://loft.example/podcast.png',
  )
  expect(text(one(channel, 'image'), 'url')).toBe('https://loft.example/podcast.png')
  expect(text(channel, 'explicit', itunes)).toBe('false')
  expect(one(channel, 'category', itunes).getAttribute('text')).toBe('Education')

  const [episode, ...others] = items(channel)
  if (!episode) throw new Error('no episode')
  expect(others).toEqual([])
  expect(text(episode, 'title')).toBe('Lyd')
  expect(text(episode, 'description')).toBe('Ei lyd')
  expect(text(episode, 'encoded', encoded)).toBe(
    '<p>Om lyden.</p><h2>Dette blir sagt</h2><p>Hei</p>',
  )
  expect(text(episode, 'guid')).toBe('base.folkevalde.lyd:nn')
  expect(one(episode, 'guid').getAttribute('isPermaLink')).toBe('false')
  expect(text(episode, 'pubDate')).toBe('Wed, 25 Nov 2026 08:00:00 GMT')
  expect(text(episode, 'duration', itunes)).toMatch(/^6[0-2]$/)
})

test('the enclosure is there for anybody: whole, by its head and in ranges, as long as it says', async () => {
  const server = await withSample(open())
  const enclosure = one(items(parse((await feed(server)).body))[0] as Element, 'enclosure')
  expect(enclosure.getAttribute('type')).toBe('audio/x-m4a')
  const url = new URL(enclosure.getAttribute('url') ?? '')
  expect(url.origin).toBe('https://loft.example')
  expect(url.pathname).toMatch(/^\/media\/[0-9a-f]{64}\.m4a$/)
  const length = Number(enclosure.getAttribute('length'))

  const ask = (method: 'GET' | 'HEAD', headers = {}) =>
    server.app.inject({ method, url: url.pathname, headers })
  const whole = await ask('GET')
  expect(whole.statusCode).toBe(200)
  expect(whole.rawPayload.length).toBe(length)
  expect(whole.headers['content-type']).toBe('audio/mp4')
  const head = await ask('HEAD')
  expect(head.statusCode).toBe(200)
  expect(head.headers).toMatchObject({
    'content-length': String(length),
    'accept-ranges': 'bytes',
  })
  const part = await ask('GET', { range: 'bytes=10-19' })
  expect(part.statusCode).toBe(206)
  expect(part.rawPayload).toEqual(whole.rawPayload.subarray(10, 20))
})

test('each language has its feed, and no other has one', async () => {
  const server = await withSample(open('{ nn: Ei stemme, nb: En stemme }'))
  const titleIn = async (language: string): Promise<string> => {
    const [episode] = items(parse((await feed(server, 'base', language)).body))
    return text(episode as Element, 'title')
  }
  expect([await titleIn('nn'), await titleIn('nb')]).toEqual(['Ei stemme', 'En stemme'])
  expect((await feed(server, 'base', 'en')).statusCode).toBe(404)
})

test('what the editor has not opened is in no feed, and a package without open episodes has none', async () => {
  const server = await withSample(
    edited('modules/strategi/film/item.yaml', 'kind: video', 'kind: video\nopen: true'),
  )
  const closed = await feed(server)
  expect(closed.statusCode).toBe(404)
  expect(closed.json()).toMatchObject({ code: 'not-found' })
  expect((await feed(server, 'other')).body).toBe(closed.body)
})

test('a film is no sound by another name', async () => {
  const server = await withSample(open())
  const film = await server.db
    .selectFrom('media')
    .select('hash')
    .where('type', '=', 'video/mp4')
    .executeTakeFirstOrThrow()
  const asked = await server.app.inject({ method: 'GET', url: paths.episode(film.hash) })
  expect(asked.statusCode).toBe(404)
  expect((await server.app.inject({ method: 'GET', url: '/media/abc.m4a' })).statusCode).toBe(404)
})

test('an episode keeps its date and its name in a later version; what is opened later is newer', async () => {
  const server = await withSample(open())
  const first = items(parse((await feed(server)).body))[0] as Element
  server.clock.now += 40 * 24 * 60 * 60 * 1000
  const version = edited('programme.yaml', 'version: 1.0.0', 'version: 1.1.0')
  await publish(server, { ...open('{ nn: Ny tittel, nb: Ny tittel }'), ...version })
  const later = items(parse((await feed(server)).body))[0] as Element
  expect(text(later, 'title')).toBe('Ny tittel')
  expect(text(later, 'guid')).toBe(text(first, 'guid'))
  expect(text(later, 'pubDate')).toBe(text(first, 'pubDate'))

  const other = await withSample({})
  other.clock.now += 24 * 60 * 60 * 1000
  await publish(other, { ...open(), ...version })
  const [opened] = items(parse((await feed(other)).body))
  expect(text(opened as Element, 'pubDate')).toBe('Thu, 26 Nov 2026 08:00:00 GMT')
})

test('the cover is a square of the size that podcast directories take', () => {
  const png = readFileSync('public/podcast.png')
  expect(png.toString('latin1', 1, 4)).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1400, 1400])
})

test('an app that has the feed gets no second copy', async () => {
  const server = await withSample(open())
  const { etag } = (await feed(server)).headers
  const again = await feed(server, 'base', 'nn', { 'if-none-match': etag })
  expect(again.statusCode).toBe(304)
  expect(again.body).toBe('')
})

test('without a public address it is told as it was asked for, and kept by nobody', async () => {
  const server = await withSample(open(), { publicOrigin: null })
  const response = await feed(server, 'base', 'nn', { host: 'localhost:3000' })
  expect(response.headers['cache-control']).toBe('no-cache')
  expect(one(one(parse(response.body), 'channel'), 'link', atom).getAttribute('href')).toBe(
    'http://localhost:3000/feeds/base/nn.xml',
  )
})

test('no text breaks the XML: what means something is escaped, what XML cannot hold is left out', () => {
  const bad = 'A & B <b>"x"</b> \'y\' ]]> \u0000\u001b\ufffe \ud800 ø 😀'
  const xml = podcastFeed({
    title: bad,
    summary: bad,
    language: 'nn',
    self: 'https://loft.example/a?b=1&c="',
    page: 'https://loft.example/',
    cover: 'https://loft.example/x.png',
    episodes: [
      {
        id: 'a.b&c',
        title: bad,
        summary: bad,
        about: [bad],
        said: ['1 < 2'],
        file: { url: 'https://loft.example/&', bytes: 1, seconds: 1 },
        publishedAt: 0,
      },
    ],
  })
  const channel = one(parse(xml), 'channel')
  const good = 'A & B <b>"x"</b> \'y\' ]]>   ø 😀'
  expect(text(channel, 'title')).toBe(good)
  const episode = items(channel)[0] as Element
  expect(text(episode, 'guid')).toBe('a.b&c:nn')
  expect(one(episode, 'enclosure').getAttribute('url')).toBe('https://loft.example/&')
  // HTML within: its own escapes inside those of XML.
  expect(text(episode, 'encoded', encoded)).toContain('<p>1 &lt; 2</p>')
  expect(text(episode, 'encoded', encoded)).toContain('A &amp; B &lt;b&gt;')
})
