import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { mostConnections } from '../../../src/server/app.ts'
import { mostStreams } from '../../../src/server/live/live.ts'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { eachStore } from '../stores.ts'
import { signIn, testApp } from '../test-app.ts'

/** Sends the headers of a large request and nothing of its body; the first line of the answer. */
const sendHeaders = async (port: number, path: string, cookie: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Cookie: ${cookie}`,
    'Content-Type: application/octet-stream',
    'Content-Length: 1000000',
    'Expect: 100-continue',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  let text = ''
  for await (const chunk of socket) {
    text = `${text}${chunk}`.replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, '')
    const [line, rest] = text.split('\r\n', 2)
    if (rest !== undefined) return line ?? ''
  }
  return 'no answer'
}

test.for([paths.sync, paths.syncCheck])('a stranger’s body is not waited for: %s', async (path) => {
  const { app } = await testApp()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  expect(await sendHeaders(port, path, 'loft_session=abc')).toBe('HTTP/1.1 401 Unauthorized')
  const cookie = await signIn(app)
  await app.inject({ method: 'DELETE', url: paths.session, headers: { cookie } })
  expect(await sendHeaders(port, path, cookie)).toBe('HTTP/1.1 401 Unauthorized')
})

test('a request that does not come to its end is given up', async () => {
  const { app } = await testApp()
  expect(app.server.requestTimeout).toBeGreaterThan(60_000) // what a device waits
  expect(app.server.requestTimeout).toBeLessThanOrEqual(300_000)
})

test('one connection too many is closed, told of once, and takes nothing from those that are there', async () => {
  const lines: string[] = []
  const stream = { write: (line: string) => lines.push(line) }
  const { app } = await testApp({ logger: { level: 'warn', stream } })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  expect(app.server.maxConnections).toBe(mostConnections)
  expect(mostConnections).toBeGreaterThan(mostStreams + 1000)
  const open = () => {
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    let text = ''
    const closed = new Promise((done) => socket.on('error', () => undefined).on('close', done))
    socket.on('data', (chunk) => {
      text += chunk
    })
    const ask = () => socket.write(`GET ${paths.health} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    return { socket, closed, ask, answers: () => text.split('HTTP/1.1 200 OK').length - 1 }
  }
  app.server.maxConnections = 2
  const [first, second] = [open(), open()]
  for (const one of [first, second]) one.ask()
  await vi.waitFor(() => expect([first.answers(), second.answers()]).toEqual([1, 1]))
  for (const other of [open(), open()]) {
    other.ask()
    await other.closed
    expect(other.answers()).toBe(0)
  }
  first.ask()
  await vi.waitFor(() => expect(first.answers()).toBe(2))
  expect(lines.filter((line) => line.includes('connections'))).toHaveLength(1)

  second.socket.end()
  await second.closed
  // The server learns of it a moment later.
  let isAnswered = false
  while (!isAnswered) {
    const next = open()
    next.ask()
    isAnswered = await Promise.race([
      next.closed.then(() => false),
      vi.waitFor(() => expect(next.answers()).toBe(1), 10_000).then(() => true),
    ])
  }
})

eachStore(({ testApp }) => {
  test.for(['%00', 'a%00b', '..%2F..', '0'.repeat(63), '0'.repeat(64)])(
    'there is no file of the name %s',
    async (name) => {
      const { app } = await testApp()
      const response = await app.inject({ url: paths.media(name) })
      expect(response.statusCode).toBe(404)
      expect(response.json()).toMatchObject({ code: 'not-found' })
    },
  )
})
