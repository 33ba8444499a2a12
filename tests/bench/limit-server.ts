// The bare server of the limit: no framework, one durable SQLite transaction a request, nothing checked.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Note } from './notes.ts'

const [dataDir = '', pageDir = ''] = process.argv.slice(2)
const unzip = promisify(gunzip)
const zip = promisify(gzip)
const listening = new Set<ServerResponse>()

const db = new DatabaseSync(join(dataDir, 'limit.sqlite'))
db.exec('PRAGMA journal_mode = WAL')
db.exec('PRAGMA synchronous = FULL')
db.exec('CREATE TABLE IF NOT EXISTS note (n INTEGER PRIMARY KEY, task TEXT, text TEXT)')
const insert = db.prepare('INSERT INTO note (task, text) VALUES (?, ?)')
const newest = db.prepare('SELECT task, text FROM (SELECT * FROM note ORDER BY n DESC LIMIT ?)')
const amount = db.prepare('SELECT count(*) AS notes FROM note')

const store = (notes: readonly Note[]): void => {
  db.exec('BEGIN IMMEDIATE')
  for (const note of notes) insert.run(note.task, note.text)
  db.exec('COMMIT')
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? unzip(body) : body
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

const answer = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (request.method === 'POST') {
    const body = JSON.parse((await bodyOf(request)).toString())
    if (path === '/notes') store(body)
    else {
      store([body])
      for (const device of listening) device.write(`data: ${JSON.stringify(body)}\n\n`)
    }
    reply.writeHead(204).end()
  } else if (path === '/notes') {
    const body = await zip(JSON.stringify(newest.all(1000)))
    reply.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
    reply.end(body)
  } else if (path === '/count') {
    reply.end(JSON.stringify(amount.get()))
  } else if (path === '/events') {
    reply.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    listening.add(reply)
    reply.on('close', () => listening.delete(reply))
  } else {
    const file = path === '/' ? '/limit.html' : path
    const cache = file.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    const type = types[extname(file)] ?? 'text/plain'
    const content = readFileSync(join(pageDir, file))
    reply.writeHead(200, { 'content-type': type, 'cache-control': cache }).end(content)
  }
}

const server = createServer({ noDelay: true }, (request, reply) => {
  answer(request, reply).catch((error) => {
    console.error(error)
    reply.writeHead(500).end()
  })
})
server.listen(0, '127.0.0.1', () => {
  console.info(`ready ${(server.address() as AddressInfo).port}`)
})
