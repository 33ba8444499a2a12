import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

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
  /** Another release is out, with every built file under another name: beside the old files, or in their stead. */
  release: 'beside' | 'instead' | null
  /** Told of each request that goes through; true = the first byte of its answer arrives with all its bits turned. */
  spoil: (path: string, headers: IncomingHttpHeaders) => boolean
  close(): Promise<void>
}

export const openProxy = async (serverPort: () => number): Promise<Proxy> => {
  const gate = createServer((asked, reply) => {
    const path = asked.url ?? '/'
    const own =
      proxy.answer(path) ?? (proxy.release === 'instead' && isOldFile(path) ? nothing : null)
    if (own) {
      asked.resume()
      reply.writeHead(own.status, { 'content-type': own.type, ...own.headers }).end(own.body)
      return
    }
    const suffix = proxy.append(path)
    const isRenamed = proxy.release !== null && holdsNames.test(path)
    const isChanged = suffix !== null || isRenamed
    const isSpoilt = proxy.spoil(path, asked.headers)
    const headers = { ...asked.headers }
    if (isChanged) {
      delete headers['accept-encoding']
      delete headers['if-none-match']
      delete headers['if-modified-since']
    }
    const onward = request(
      {
        host: '127.0.0.1',
        port: serverPort(),
        path: path.startsWith('/assets/') ? path.replace(newMark, '') : path,
        method: asked.method,
        headers,
      },
      (answer) => {
        const sent = { ...answer.headers }
        if (isChanged) {
          delete sent['content-length']
          delete sent.etag
        }
        reply.writeHead(answer.statusCode ?? 502, sent)
        if (isSpoilt) {
          answer.once('data', (bytes: Buffer) => {
            bytes[0] = 255 - (bytes[0] ?? 0)
          })
        }
        if (!isChanged) {
          answer.pipe(reply)
          return
        }
        void text(answer).then(
          (body) => reply.end((isRenamed ? renamed(body) : body) + (suffix ?? '')),
          () => reply.destroy(),
        )
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
    release: null,
    spoil: () => false,
    close: () =>
      new Promise((resolve) => {
        gate.closeAllConnections()
        gate.close(() => resolve())
      }),
  }
  return proxy
}

const newMark = '-new'
const builtFile = /([\w-]+-[\w-]{8})(\.(?:js|css))\b/g
/** The page, its code and its service worker name built files. */
const holdsNames = /^\/(assets\/.+\.js|sw\.js|index\.html|(?!api\/|media\/)[^.]*)$/
const nothing: ProxyAnswer = { status: 404, type: 'text/plain', body: 'nothing here' }

const isOldFile = (path: string): boolean =>
  /^\/assets\/.+\.(js|css)$/.test(path) && !path.includes(`${newMark}.`)

/** A body as the other release has it, with the revisions that its service worker goes by. */
const renamed = (body: string): string =>
  body.replaceAll(builtFile, `$1${newMark}$2`).replaceAll(/("revision":")(\w+")/g, '$1new-$2')
