import { expect, it } from 'vitest'
import { openCards } from '../../../src/client/state/cards.ts'

it('does not wait for a card that another window has sent', async () => {
  const kept = new Map<string, string>()
  let isOnline = false
  const open = () =>
    openCards({
      fetch: (async () => {
        if (!isOnline) throw new TypeError('no network')
        return new Response(null, { status: 204 })
      }) as typeof fetch,
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
      principal: 'kari',
      now: () => 1000,
      newId: () => crypto.randomUUID(),
      isHere: () => true,
      onChance: () => undefined,
    })
  const card = {
    ...{ title: 'Eit kort', what: 'Arbeid', gives: '', takes: '', contact: '', modules: [] },
    ...{ group: 'stord', reach: 'cohort' as const },
  }
  const first = open()
  first.write('k1', card)
  first.write('k2', { ...card, title: 'Eit anna, berre begynt' })
  await first.publish('k1')
  const second = open()
  isOnline = true
  expect(await first.sendWaiting()).toBe(true)
  // Signing out and leaving the table ask this; «waits to be published» stands on its page too.
  expect(await second.sendWaiting()).toBe(true)
})
