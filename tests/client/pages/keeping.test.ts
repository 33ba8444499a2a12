import { describe, expect, it } from 'vitest'
import { keepingOf } from '../../../src/client/pages/keeping/keeping.ts'
import type { DownloadQueue, KeepState } from '../../../src/client/state/services.ts'
import type { OutlineItem } from '../../../src/shared/domain/outline.ts'
import { film, item } from '../../shared/domain/sample-outline.ts'

const sized = (id: string, size: number, described = 0): OutlineItem => {
  const one = film(id, 5)
  if (!one.media) throw new Error('a film has media')
  const { file } = one.media
  const version = { ...file, sha256: `${id}-described`, size: described }
  return {
    ...one,
    media: { ...one.media, file: { ...file, size }, described: described > 0 ? version : null },
  }
}
const bag = [item('article'), sized('a', 30, 10), sized('b', 60)]
const idle: DownloadQueue = { kind: 'idle', items: [], bytes: 0, of: 0, secondsLeft: null }
const queue = (kind: DownloadQueue['kind'], more: Partial<DownloadQueue> = {}): DownloadQueue => ({
  ...idle,
  kind,
  ...more,
})
const keeping = (states: Record<string, KeepState>, of = idle) => keepingOf(bag, states, of)

describe('how far a bag has come onto the device', () => {
  it('counts the bytes of films with their described version, also those that came by watching', () => {
    expect(keeping({})).toMatchObject({ kind: 'absent', bytes: 0, of: 100 })
    expect(keeping({ b: { kind: 'absent', bytes: 25 } })).toMatchObject({ bytes: 25, of: 100 })
    expect(keeping({ a: { kind: 'kept' } })).toMatchObject({ kind: 'absent', bytes: 40, of: 100 })
  })

  it('is here when every film is, and at once when there is none', () => {
    expect(keeping({ a: { kind: 'kept' }, b: { kind: 'kept' } }).kind).toBe('here')
    expect(keepingOf([item('article')], {}, idle)).toMatchObject({ kind: 'here', of: 0 })
  })

  const loading: Record<string, KeepState> = {
    a: { kind: 'loading', bytes: 10, of: 40 },
    b: { kind: 'waiting', bytes: 0, of: 60 },
  }
  it('runs, and says what holds it up', () => {
    for (const kind of ['running', 'no-network', 'no-wifi'] as const) {
      expect(keeping(loading, queue(kind))).toMatchObject({ kind, bytes: 10, of: 100 })
    }
  })

  it('takes its part of the time that the whole queue has left', () => {
    const running = { items: ['a', 'b', 'other'], bytes: 10, of: 190 }
    const left = (secondsLeft: number | null) =>
      keeping(loading, queue('running', { ...running, secondsLeft })).secondsLeft
    expect(left(60)).toBe(30)
    expect(left(null)).toBeNull()
    expect(keeping(loading, queue('running', { secondsLeft: 5 })).secondsLeft).toBeNull()
  })

  it('says that something stopped only when nothing is on its way any more', () => {
    const full: KeepState = { kind: 'stopped', reason: 'full', bytes: 20, of: 60 }
    expect(keeping({ a: { kind: 'kept' }, b: full })).toMatchObject({
      kind: 'stopped',
      reason: 'full',
      bytes: 60,
    })
    const [a] = [loading.a]
    if (a) expect(keeping({ a, b: full }, queue('running')).kind).toBe('running')
  })

  it('waits for the network as long as only that is missing', () => {
    const lost: KeepState = { kind: 'stopped', reason: 'network', bytes: 20, of: 60 }
    const full: KeepState = { kind: 'stopped', reason: 'full', bytes: 0, of: 40 }
    const waiting: KeepState = { kind: 'waiting', bytes: 0, of: 40 }
    const away = queue('no-network')
    expect(keeping({ a: waiting, b: lost }, away)).toMatchObject({ kind: 'no-network', bytes: 20 })
    expect(keeping({ a: { kind: 'kept' }, b: lost }, away).kind).toBe('no-network')
    expect(keeping({ a: full, b: lost }, away).kind).toBe('no-network')
    expect(keeping({ a: waiting, b: lost }, queue('running')).kind).toBe('running')
  })

  it('is paused where any part of it is', () => {
    const states: Record<string, KeepState> = { b: { kind: 'paused', bytes: 30, of: 60 } }
    expect(keeping(states, queue('paused'))).toMatchObject({ kind: 'paused', bytes: 30 })
  })

  it('waits in the queue while others are ahead of it', () => {
    const waiting: Record<string, KeepState> = {
      a: { kind: 'waiting', bytes: 0, of: 40 },
      b: { kind: 'waiting', bytes: 0, of: 60 },
    }
    expect(keeping(waiting, queue('running', { items: ['x', 'a', 'b'] })).kind).toBe('queued')
    expect(keeping(waiting, queue('running', { items: ['a', 'b'] })).kind).toBe('running')
    expect(keeping(loading, queue('running', { items: ['x', 'a', 'b'] })).kind).toBe('running')
  })

  it('counts both versions of what was watched and not asked for', () => {
    const watched: Record<string, KeepState> = {
      a: { kind: 'absent', bytes: 30 },
      'a-described': { kind: 'absent', bytes: 10 },
    }
    expect(keepingOf(bag.slice(1, 2), watched, idle)).toMatchObject({ kind: 'absent', bytes: 40 })
  })

  it('names what did not fit or came damaged', () => {
    const damaged: KeepState = { kind: 'stopped', reason: 'damaged', bytes: 0, of: 60 }
    expect(keeping({ b: damaged })).toMatchObject({ kind: 'stopped', item: { id: 'b' } })
  })
})
