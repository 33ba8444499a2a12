import { expect, it } from 'vitest'
import { seeded } from '../bench/notes.ts'
import { killBrowser } from '../durability/browser-kills.ts'
import { newWorld } from './harness/world.ts'

it('keeps what was shown as saved when the browser is killed during typing', async () => {
  const seed = Date.now() % 1_000_000
  const result = await killBrowser(await newWorld(), { kills: 2, random: seeded(seed) })
  expect({ seed, ...result }).toMatchObject({ kills: 2, lost: [], doubled: [] })
  expect(result.promised).toBeGreaterThanOrEqual(2)
})
