import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Everything that went over one device's wire: TCP payload, headers included. */
export interface WireCount {
  up: number
  down: number
  requests: number
}

/** A wire between a browser and a server that counts what goes over it. */
export interface Wire {
  origin: string
  count(): WireCount
  /** Resolves when nothing has gone over it for so long. */
  quiet(ms: number): Promise<void>
  close(): Promise<void>
}

const requestLine = /^(GET|POST|DELETE) \S+ HTTP\/1\.1\r\n/

export const openWire = async (serverPort: () => number): Promise<Wire> => {
  const open = new Set<Socket>()
  const count: WireCount = { up: 0, down: 0, requests: 0 }
  let busyAt = performance.now()
  const wire = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: serverPort(), host: '127.0.0.1', noDelay: true })
    client.on('data', (chunk) => {
      count.up += chunk.length
      // A request begins a packet: none is sent before the one before it is answered.
      if (requestLine.test(chunk.toString('latin1', 0, 2000))) count.requests++
      busyAt = performance.now()
    })
    server.on('data', (chunk) => {
      count.down += chunk.length
      busyAt = performance.now()
    })
    client.pipe(server)
    server.pipe(client)
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
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(wire.address() as AddressInfo).port}`,
    count: () => ({ ...count }),
    quiet: async (ms) => {
      while (performance.now() - busyAt < ms)
        await new Promise((resolve) =>
          setTimeout(resolve, Math.max(1, ms - (performance.now() - busyAt))),
        )
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        wire.close(() => resolve())
      }),
  }
}

export const between = (before: WireCount, after: WireCount): WireCount => ({
  up: after.up - before.up,
  down: after.down - before.down,
  requests: after.requests - before.requests,
})
