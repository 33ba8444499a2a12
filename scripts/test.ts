// Everything that must hold, one step after the other; ends with the line "N passed, N failed".
// A step that is not a test runner counts as one test.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Step {
  name: string
  command: string[]
  /** Vitest writes its counts here. */
  report?: string
}

const folder = mkdtempSync(join(tmpdir(), 'loft-test-'))
const only = process.argv.slice(2)

const vitest = (project: string): Step => {
  const report = join(folder, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return { name: project, command: ['vitest', 'run', '--project', project, ...reporters], report }
}

const steps: Step[] = [
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
  vitest('unit'),
  vitest('e2e'),
]

const run = ([command = '', ...args]: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })

let passed = 0
let failed = 0
for (const step of steps) {
  if (only.length > 0 && !only.includes(step.name)) continue
  console.info(`\n── ${step.name}`)
  const good = await run(step.command)
  const counts = step.report
    ? countsOf(step.report)
    : { passed: good ? 1 : 0, failed: good ? 0 : 1 }
  passed += counts.passed
  // A runner that dies before its report, or fails outside a test, is a failure of its own.
  failed += Math.max(counts.failed, good ? 0 : 1)
}
rmSync(folder, { recursive: true })
console.info(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function countsOf(report: string): { passed: number; failed: number } {
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: json.numPassedTests, failed: json.numFailedTests }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
