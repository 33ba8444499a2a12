import { isIPv6 } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { needsNobody } from '../../shared/domain/policy.ts'

/**
 * Browsers that do not say where a request comes from (`sec-fetch-site`) send the page's origin with what changes anything. Who sends
 * none is no browser, and has no cookie that another page could use.
 */
export const isOwnOrigin = (
  { headers, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  publicOrigin: string | null,
): boolean => {
  const { origin } = headers
  if (origin === undefined || origin === publicOrigin) return true
  return URL.parse(origin)?.host === host
}

/**
 * What a limit counts by. One household, or one attacker, has 2^64 addresses of version 6: those that share the first half count as
 * one.
 */
export const networkOf = (ip: string): string => {
  const plain = ip.replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (v4) return v4
  const [left = '', right = ''] = plain.split('::')
  const [before, after] = [left, right].map((half) => half.split(':').filter((part) => part !== ''))
  const zeros = Array.from(
    { length: Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0)) },
    () => '0',
  )
  const parts = plain.includes('::')
    ? [...(before ?? []), ...zeros, ...(after ?? [])]
    : (before ?? [])
  return `${parts
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`
}

/** What is somebody's stays in no cache, and nothing is taken for what it is not called. Frames are never looked at by a browser. */
export const guardAnswer = (request: FastifyRequest, reply: FastifyReply): void => {
  const { spec } = request.routeOptions.config
  if (!spec || spec.isFrame) return
  if (!reply.hasHeader('x-content-type-options')) reply.header('x-content-type-options', 'nosniff')
  if (!needsNobody(spec.access) && !reply.hasHeader('cache-control')) {
    reply.header('cache-control', 'no-store')
  }
}
