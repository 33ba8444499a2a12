import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ProxyAnswer {
  status: number
  type: string
  body: string
  headers?: Record<string, string>
}

/** What stands between browser and server in a hotel or a county's network: it reads addresses and answers itself. */
export interface Proxy {
  origin: string
  port: number
  /** An answer of its own for some requests; null lets them through. */
  answer: (path: string) => ProxyAnswer | null
  /** Text put behind the body of some answers; null leaves them alone. */
  append: (path: string) => string | null
  /** Told of each request that goes through; true = the first byte of its answer arrives with all its bits turned. */
  spoil: (path: string, headers: IncomingHttpHeaders) => boolean
  close(): Promise<void>
}

export const openProxy = async (serverPort: () => number): Promise<Proxy> => {
  const gate = createServer((asked, reply) => {
    const path = asked.url ?? '/'
    const own = proxy.answer(path)
    if (own) {
      asked.resume()
      reply.writeHead(own.status, { 'content-type': own.type, ...own.headers }).end(own.body)
      return
    }
    const suffix = proxy.append(path)
    const isSpoilt = proxy.spoil(path, asked.headers)
    const headers = { ...asked.headers }
    if (suffix !== null) {
      delete headers['accept-encoding']
      delete headers['if-none-match']
      delete headers['if-modified-since']
    }
    const onward = request(
      { host: '127.0.0.1', port: serverPort(), path, method: asked.method, headers },
      (answer) => {
        const sent = { ...answer.headers }
        if (suffix !== null) {
          delete sent['content-length']
          delete sent.etag
        }
        reply.writeHead(answer.statusCode ?? 502, sent)
        if (isSpoilt) {
          answer.once('data', (bytes: Buffer) => {
            bytes[0] = 255 - (bytes[0] ?? 0)
          })
        }
        answer.pipe(reply, { end: suffix === null })
        if (suffix !== null) answer.on('end', () => reply.end(suffix))
      },
    )
    onward.on('error', () => reply.destroy())
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  const { port } = gate.address() as AddressInfo
  const proxy: Proxy = {
    origin: `http://localhost:${port}`,
    port,
    answer: () => null,
    append: () => null,
    spoil: () => false,
    close: () =>
      new Promise((resolve) => {
        gate.closeAllConnections()
        gate.close(() => resolve())
      }),
  }
  return proxy
}
