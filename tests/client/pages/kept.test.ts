import { describe, expect, it } from 'vitest'
import { isKept, keptAmong, keptOf } from '../../../src/client/pages/home/kept.ts'
import { keepingOf, withTexts } from '../../../src/client/pages/keeping/keeping.ts'
import type { DownloadQueue, KeepState, Services } from '../../../src/client/state/services.ts'
import { film, item } from '../../shared/domain/sample-outline.ts'

const article = item('article')
const a = film('a', 5)
const b = film('b', 5)
const idle: DownloadQueue = { kind: 'idle', items: [], bytes: 0, of: 0, secondsLeft: null }
const states: Record<string, KeepState> = { a: { kind: 'kept' }, b: { kind: 'kept' } }

const withTextsOf = (...here: (typeof a)[]): Services =>
  ({
    media: { states: { value: states } },
    content: { has: (one: typeof a) => here.includes(one) },
  }) as unknown as Services

describe('what is said to be on the device', () => {
  it('is a film with its texts, where captions and transcript are', () => {
    const services = withTextsOf(a)
    expect(isKept(services, a)).toBe(true)
    expect(isKept(services, b)).toBe(false)
    expect(keptOf(services, b)).toMatchObject({ kept: false, here: b.media?.file.size })
    expect(keptAmong(services, [a, b])).toMatchObject({ kept: 1, of: 2, all: false, begun: true })
    expect(keptAmong(withTextsOf(a, b), [a, b]).all).toBe(true)
  })

  it('is an article whose own text is here, whatever others lack', () => {
    expect(isKept(withTextsOf(article), article)).toBe(true)
    expect(isKept(withTextsOf(a), article)).toBe(false)
  })

  it('lacks its texts only once the films are here', () => {
    const { has } = withTextsOf(a).content
    const kinds = (of: Record<string, KeepState>) =>
      withTexts(keepingOf([a, b], of, idle), [a, b], has).kind
    expect(kinds(states)).toBe('no-texts')
    expect(kinds({})).toBe('absent')
    expect(withTexts(keepingOf([a], states, idle), [a], has).kind).toBe('here')
  })
})
