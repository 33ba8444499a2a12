// `npm run durability`: SIGKILL to the server during sync and to the browser during typing, many times.
// --server=100  --browser=20  --clients=6  --seed=<number>
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { seeded } from '../bench/notes.ts'
import { endPrograms, loftServer, temporary } from '../bench/programs.ts'
import { openWorld } from '../e2e/harness/world.ts'
import { killBrowser } from './browser-kills.ts'
import { killServer } from './server-kills.ts'

const { values: flags } = parseArgs({
  options: {
    server: { type: 'string', default: '100' },
    browser: { type: 'string', default: '20' },
    clients: { type: 'string', default: '6' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const random = seeded(Number(flags.seed))
console.info(`seed ${flags.seed}`)
let isGood = true
const report = (line: string, wrong: readonly string[]): void => {
  console.info(line)
  for (const one of wrong) console.error(`  ${one}`)
  if (wrong.length > 0) isGood = false
}

if (Number(flags.server) > 0) {
  const noPage = temporary('page')
  try {
    const server = await loftServer(noPage)
    const { kills, acknowledged, inDoubt, lost, doubled } = await killServer(server, {
      kills: Number(flags.server),
      clients: Number(flags.clients),
      random,
    })
    report(
      `server killed ${kills} times: ${acknowledged} updates acknowledged, ${lost.length} lost, ${doubled.length} doubled; ${inDoubt} were in doubt and sent again`,
      [...lost, ...doubled],
    )
  } finally {
    await endPrograms()
    rmSync(noPage, { recursive: true, force: true })
  }
}
if (Number(flags.browser) > 0) {
  const world = await openWorld()
  try {
    const { kills, promised, lost, doubled } = await killBrowser(world, {
      kills: Number(flags.browser),
      random,
    })
    report(
      `browser killed ${kills} times: ${promised} texts shown as saved or stored, ${lost.length} lost, ${doubled.length} words doubled`,
      [...lost, ...doubled],
    )
  } finally {
    await world.end()
  }
}
process.exitCode = isGood ? 0 : 1
