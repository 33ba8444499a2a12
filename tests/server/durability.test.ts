import { expect, onTestFinished, test } from 'vitest'
import { seeded } from '../bench/notes.ts'
import { endPrograms, loftServer } from '../bench/programs.ts'
import { killServer } from '../durability/server-kills.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('no acknowledged word is lost or doubled when the server is killed again and again', async () => {
  onTestFinished(endPrograms)
  const seed = Date.now() % 1_000_000
  const server = await loftServer(temporaryFolder())
  const result = await killServer(server, { kills: 6, clients: 4, random: seeded(seed) })
  expect({ seed, ...result }).toMatchObject({ kills: 6, lost: [], doubled: [] })
  expect(result.acknowledged).toBeGreaterThan(50)
}, 240_000)
