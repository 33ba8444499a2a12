// The bare server beside which films are measured: no framework, whole files and single ranges, nothing that a browser may store.
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const [mediaDir = '', pageDir = ''] = process.argv.slice(2)
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

const answer = (request: IncomingMessage, reply: ServerResponse): void => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  const sha256 = /^\/media\/([0-9a-f]{64})$/.exec(path)?.[1]
  if (sha256) {
    answerFilm(join(mediaDir, `${sha256}.mp4`), request.headers.range, reply)
    return
  }
  const file = path === '/' ? '/index.html' : path
  const content = readFileSync(join(pageDir, file))
  reply.writeHead(200, {
    'content-type': types[extname(file)] ?? 'text/plain',
    'cache-control': 'no-cache',
  })
  reply.end(content)
}

const answerFilm = (file: string, range: string | undefined, reply: ServerResponse): void => {
  const { size } = statSync(file)
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  const start = Number(from ?? 0)
  const end = to ? Math.min(Number(to), size - 1) : size - 1
  reply.writeHead(from === undefined ? 200 : 206, {
    'content-type': 'video/mp4',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    ...(from !== undefined && { 'content-range': `bytes ${start}-${end}/${size}` }),
  })
  const bytes = createReadStream(file, { start, end })
  bytes.pipe(reply)
  reply.on('close', () => bytes.destroy())
}

const server = createServer({ noDelay: true }, (request, reply) => {
  try {
    answer(request, reply)
  } catch (error) {
    console.error(error)
    reply.destroy()
  }
})
server.listen(0, '127.0.0.1', () => {
  console.info(`ready ${(server.address() as AddressInfo).port}`)
})
