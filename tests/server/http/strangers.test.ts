import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
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
