import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A wire between browser and server that can be cut: every connection breaks, and new ones are refused. */
export interface Gate {
  origin: string
  cut(): void
  restore(): void
  /** A thin wire: what the server sends comes at this many bytes a second; null = as fast as it goes. */
  slow(bytesPerSecond: number | null): void
  close(): Promise<void>
}

export const openGate = async (serverPort: () => number): Promise<Gate> => {
  const open = new Set<Socket>()
  let isCut = false
  let rate: number | null = null
  const wire = (): Transform =>
    new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        if (rate === null) done(null, chunk)
        else setTimeout(() => done(null, chunk), (chunk.length / rate) * 1000)
      },
    })
  const gate: Server = createServer((client) => {
    if (isCut) {
      client.resetAndDestroy()
      return
    }
    const server = connect(serverPort(), '127.0.0.1')
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from)
      if (from === server) from.pipe(wire()).pipe(to)
      else from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  const breakAll = (): void => {
    for (const socket of open) socket.resetAndDestroy()
  }
  return {
    origin: `http://localhost:${(gate.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      breakAll()
    },
    restore: () => {
      isCut = false
    },
    slow: (bytesPerSecond) => {
      rate = bytesPerSecond
    },
    close: () =>
      new Promise((resolve) => {
        breakAll()
        gate.close(() => resolve())
      }),
  }
}
