// `npm run bench:media`: films on the device, beside the plain server on loopback and beside Workbox's plugin for ranges.
// --mb=500  --small=100  --seeks=200  --workbox-seeks=40  --runs=3  --only=play,loopback,…
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { paths } from '../../src/shared/protocol/paths.ts'
import { type Figure, ratios, table } from '../bench/figures.ts'
import { addPeople } from '../bench/people.ts'
import { endPrograms, loftServer, startProgram, temporary } from '../bench/programs.ts'
import { openBrowser, type TestBrowser } from '../e2e/harness/browser.ts'
import { replaceFilm } from '../e2e/harness/stored-media.ts'
import type { MediaBench } from './bench.ts'
import { buildPage } from './build-page.ts'
import { makeFilm } from './film.ts'
import { killed } from './rows/killed.ts'
import { peakMemory } from './rows/peak-memory.ts'
import { play } from './rows/play.ts'
import { loopback, shaped } from './rows/throughput.ts'

const rows: Record<string, (bench: MediaBench) => Promise<Figure[]>> = {
  play,
  loopback,
  shaped,
  memory: peakMemory,
  killed,
}

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '500' },
    small: { type: 'string', default: '100' },
    seeks: { type: 'string', default: '200' },
    'workbox-seeks': { type: 'string', default: '40' },
    runs: { type: 'string', default: '3' },
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

const repo = resolve(import.meta.dirname, '../..')
const pageDir = temporary('page')
const mediaDir = temporary('media')
const browsers: TestBrowser[] = []
const end = async (): Promise<void> => {
  await Promise.all(browsers.map((browser) => browser.remove()))
  await endPrograms()
  for (const folder of [pageDir, mediaDir]) rmSync(folder, { recursive: true, force: true })
}

try {
  await buildPage(pageDir)
  const large = await makeFilm(Number(flags.mb), 'strategi/ein-innbyggjar')
  const small = await makeFilm(Number(flags.small), 'strategi/tre-kommunar')
  const loft = await loftServer(join(repo, 'dist'))
  const plain = await startProgram({
    dataDir: mediaDir,
    cwd: repo,
    args: [join(import.meta.dirname, 'plain-server.ts'), mediaDir, pageDir],
    env: {},
    ready: /^ready (\d+)$/m,
    folders: [],
  })
  mkdirSync(join(loft.dataDir, 'media'), { recursive: true })
  for (const film of [large, small]) {
    const name = `${film.sha256}.mp4`
    for (const folder of [mediaDir, join(loft.dataDir, 'media')])
      symlinkSync(film.file, join(folder, name))
    replaceFilm(loft.dataDir, film.item, film)
    // The server cuts a film that it did not publish itself at the first question.
    const manifest = await fetch(`http://127.0.0.1:${loft.port}${paths.manifest(film.sha256)}`)
    if (!manifest.ok) throw new Error(`manifest: ${manifest.status}`)
  }
  const [person] = addPeople(loft.dataDir, ['film-lover'])
  if (!person) throw new Error('nobody is there')
  const bench: MediaBench = {
    runs: Number(flags.runs),
    seeks: Number(flags.seeks),
    workboxSeeks: Number(flags['workbox-seeks']),
    loft,
    plain,
    large,
    small,
    person,
    openBrowser: async () => {
      const browser = await openBrowser()
      browsers.push(browser)
      return browser
    },
    say: (line) => console.info(`  ${line}`),
  }
  console.info(
    `a film of ${(large.size / 1e6).toFixed(0)} MB, ${large.seconds} s; a small one of ${(small.size / 1e6).toFixed(0)} MB`,
  )
  const figures: Figure[] = []
  for (const name of chosen) {
    const from = performance.now()
    figures.push(...((await rows[name]?.(bench)) ?? []))
    console.info(`${name}: ${((performance.now() - from) / 1000).toFixed(0)} s`)
  }
  console.info(`\n${table(figures, 'beside')}\n`)
  console.info(JSON.stringify(ratios(figures)))
} finally {
  await end()
}
