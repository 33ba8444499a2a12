// Vitest's global setup: starts PostgreSQL for the first test that asks, once in a run, and ends it after the last.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { type Cluster, startCluster } from './postgres-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers `/<database>` with the address of a database of that name, which is not made by it. */
    postgresStarter: string
  }
}

export default async (project: TestProject): Promise<() => Promise<void>> => {
  let cluster: Promise<Cluster> | null = null
  const starter = createServer((request, response) => {
    cluster ??= startCluster()
    cluster.then(
      ({ urlOf }) => response.end(urlOf((request.url ?? '/').slice(1))),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((done) => starter.listen(0, '127.0.0.1', done))
  project.provide('postgresStarter', `http://127.0.0.1:${(starter.address() as AddressInfo).port}`)
  return async () => {
    starter.close()
    starter.closeAllConnections()
    await (await cluster?.catch(() => null))?.stop()
  }
}
