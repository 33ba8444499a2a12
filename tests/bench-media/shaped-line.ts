import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A line between browser and server on which all connections together get so many bytes a second from the server. */
export interface ShapedLine {
  port: number
  close(): Promise<void>
}

/** Timers ring late: what was missed in this time may be caught up with. */
const slackMs = 20

export const openShapedLine = async (
  serverPort: () => number,
  bytesASecond: number,
): Promise<ShapedLine> => {
  const open = new Set<Socket>()
  let freeAt = 0
  const passed = (bytes: number): number => {
    const now = performance.now()
    freeAt = Math.max(freeAt, now - slackMs) + (bytes / bytesASecond) * 1000
    return freeAt - now
  }
  const shaped = (): Transform =>
    new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        const wait = passed(chunk.length)
        if (wait < 1) done(null, chunk)
        else setTimeout(() => done(null, chunk), wait)
      },
    })
  const line = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: serverPort(), host: '127.0.0.1', noDelay: true })
    client.pipe(server)
    server.pipe(shaped()).pipe(client)
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  return {
    port: (line.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        line.close(() => resolve())
      }),
  }
}
