import { describe, expect, test } from 'vitest'
import type { OutboxRow, ScopeRow } from '../../../src/client/storage/words-database.ts'
import { planRequest } from '../../../src/client/sync/plan-request.ts'
import { limits } from '../../../src/shared/protocol/frames.ts'

const scope = (id: string, status: ScopeRow['status'] = 'ok'): ScopeRow => ({
  id,
  version: 1,
  epoch: 1,
  cursor: 0,
  status,
})
const row = (n: number, scopeId: string, bytes = 100): OutboxRow => ({
  n,
  version: 1,
  doc: `${scopeId}/d`,
  scope: scopeId,
  update: new Uint8Array(bytes),
  writtenAt: 0,
  keys: [],
})
const most = { pushes: Number.POSITIVE_INFINITY, bytes: 1000 }
const numbers = (planned: ReturnType<typeof planRequest>) =>
  planned.map(({ scope: { id }, pushes }) => [id, pushes.map((push) => push.n)])

describe('a request', () => {
  test('holds every scope, and the oldest pushes in order', () => {
    const outbox = [row(1, 'g:a'), row(2, 'u:b:c'), row(3, 'g:a')]
    expect(numbers(planRequest([scope('g:a'), scope('u:b:c')], outbox, most))).toEqual([
      ['g:a', [1, 3]],
      ['u:b:c', [2]],
    ])
  })

  test('ends before the limit of bytes and never skips one for a smaller', () => {
    const outbox = [row(1, 'g:a', 600), row(2, 'g:a', 600), row(3, 'g:a', 1)]
    expect(numbers(planRequest([scope('g:a')], outbox, most))).toEqual([['g:a', [1]]])
  })

  test('holds one push at least, however large', () => {
    expect(numbers(planRequest([scope('g:a')], [row(1, 'g:a', 5000)], most))).toEqual([
      ['g:a', [1]],
    ])
  })

  test('pushes nothing into a scope that is unknown or gone', () => {
    const scopes = [scope('g:a', 'unknown'), scope('g:b', 'gone'), scope('g:c')]
    const outbox = [row(1, 'g:a'), row(2, 'g:b'), row(3, 'g:c')]
    expect(numbers(planRequest(scopes, outbox, most))).toEqual([
      ['g:a', []],
      ['g:b', []],
      ['g:c', [3]],
    ])
  })

  test('holds no more pushes than the server takes', () => {
    const outbox = Array.from({ length: limits.pushes + 1 }, (_, n) => row(n, 'g:a', 1))
    const most = { pushes: Number.POSITIVE_INFINITY, bytes: limits.requestBytes }
    const [planned] = planRequest([scope('g:a')], outbox, most)
    expect(planned?.pushes).toHaveLength(limits.pushes)
  })

  test('asks for fifty scopes at most', () => {
    const scopes = Array.from({ length: 60 }, (_, at) => scope(`g:${at}`))
    expect(planRequest(scopes, [row(1, 'g:55')], most)).toHaveLength(50)
  })
})
