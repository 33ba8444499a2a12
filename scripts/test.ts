// Everything that must hold; ends with the line "N passed, N failed". The browser's stories mostly wait: they run in two halves, and
// all the long rest beside them.
// `npm test -- unit` runs the steps of that name alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runLanes, runSteps, type Step, sumOf } from './run-steps.ts'

const folder = mkdtempSync(join(tmpdir(), 'loft-test-'))
const only = process.argv.slice(2)

/** `shard` = which part of how many. */
const vitest = (project: string, shard = '1/1'): Step => {
  const report = join(folder, `${project}-${shard.replace('/', '-of-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const command = ['vitest', 'run', '--project', project, '--shard', shard, ...reporters]
  return { name: project, command, report }
}

/** As many seeds as fit, docs/world.md. */
const world = ['node', 'tests/world/main.ts', '--workers', '1']

const first: Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  ...['shared', 'client', 'sw', 'server'].map((program) => ({
    name: `types of ${program}`,
    command: ['tsc', '-p', `src/${program}`],
  })),
  { name: 'types of scripts', command: ['tsc', '-p', 'scripts'] },
  { name: 'types of tests', command: ['tsc', '-p', 'tests'] },
  { name: 'lock file', command: ['npm', 'ci', '--dry-run', '--loglevel=error'] },
  { name: 'build and size budget', command: ['vite', 'build', '--logLevel', 'warn'] },
  {
    name: 'content of Vestland',
    command: ['node', 'scripts/content-check.ts', 'content/kompetanseloft-vestland'],
  },
  {
    name: 'content of Bergen',
    command: ['node', 'scripts/content-check.ts', 'content/bergen-nivaa'],
  },
]
const beside: Step[][] = [
  [vitest('e2e', '1/2')],
  [vitest('e2e', '2/2')],
  [
    vitest('unit'),
    { name: 'world', command: [...world, '--minutes', '1.25'] },
    {
      name: 'world on PostgreSQL',
      command: [...world, '--minutes', '0.5', '--store', 'postgresql'],
    },
    { name: 'mutants', command: ['node', 'tests/world/run-mutants.ts'] },
  ],
]
const steps = [...first, ...beside.flat()]

const unknown = only.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  const names = steps.map((step) => step.name).join(', ')
  console.error(`no step is called ${unknown.join(', ')}; there are: ${names}`)
  rmSync(folder, { recursive: true })
  process.exit(2)
}
const chosen = (list: Step[]): Step[] =>
  list.filter((step) => only.length === 0 || only.includes(step.name))
const counts = [await runSteps(chosen(first)), await runLanes(beside.map(chosen))]
const { passed, failed, failures } = sumOf(counts)
rmSync(folder, { recursive: true })
if (failed > 0) console.error(`\nFailed:\n${failures.join('\n')}`)
console.info(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
