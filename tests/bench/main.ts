// `npm run bench:sync`: the words' way from device to server and back, each figure beside the limit of the same run.
// --runs=5  --only=back-online,new-device,…
import { rmSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openBrowser, type TestBrowser } from '../e2e/harness/browser.ts'
import type { Bench } from './bench.ts'
import { buildPage } from './build-page.ts'
import { type Figure, ratios, table } from './figures.ts'
import { addPeople } from './people.ts'
import { endPrograms, limitServer, loftServer, temporary } from './programs.ts'
import { backOnline } from './rows/back-online.ts'
import { coldOpen } from './rows/cold-open.ts'
import { killed } from './rows/killed.ts'
import { localWrite } from './rows/local-write.ts'
import { manyClients } from './rows/many-clients.ts'
import { newDevice } from './rows/new-device.ts'
import { twoDevices } from './rows/two-devices.ts'
import { openWire, type Wire } from './wire.ts'

const rows: Record<string, (bench: Bench) => Promise<Figure[]>> = {
  'back-online': backOnline,
  'new-device': newDevice,
  'two-devices': twoDevices,
  'local-write': localWrite,
  'cold-open': coldOpen,
  'clients-50': (bench) => manyClients(bench, 50),
  'clients-500': (bench) => manyClients(bench, 500),
  killed,
}

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: Object.keys(rows).join(',') },
  },
})
const chosen = flags.only.split(',')
const unknown = chosen.filter((name) => rows[name] === undefined)
if (unknown.length > 0) {
  console.error(
    `no row is called ${unknown.join(', ')}; there are: ${Object.keys(rows).join(', ')}`,
  )
  process.exit(2)
}

const [load = 0] = loadavg()
if (load > availableParallelism() / 2)
  console.info(`Others are at work on this machine (load ${load.toFixed(1)}): trust no time here.`)

const pageDir = temporary('page')
const browsers: TestBrowser[] = []
const wires: Wire[] = []
const end = async (): Promise<void> => {
  await Promise.all(browsers.map((browser) => browser.remove()))
  await Promise.all(wires.map((wire) => wire.close()))
  await endPrograms()
  rmSync(pageDir, { recursive: true, force: true })
}

try {
  await buildPage(pageDir, { minify: true })
  const loft = await loftServer(pageDir)
  let people = 0
  const bench: Bench = {
    runs: Number(flags.runs),
    loft,
    limit: await limitServer(pageDir),
    openWire: async (to) => {
      const wire = await openWire(() => to.port)
      wires.push(wire)
      return wire
    },
    openBrowser: async () => {
      const browser = await openBrowser()
      browsers.push(browser)
      return browser
    },
    newPeople: (count) =>
      addPeople(
        loft.dataDir,
        Array.from({ length: count }, () => `person-${++people}`),
      ),
    say: (line) => console.info(`  ${line}`),
  }
  const figures: Figure[] = []
  for (const name of chosen) {
    console.info(`${name} …`)
    figures.push(...((await rows[name]?.(bench)) ?? []))
  }
  console.info(`\n${table(figures)}\n`)
  console.info(JSON.stringify(ratios(figures)))
} finally {
  await end()
}
