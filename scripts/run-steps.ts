import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

export interface Step {
  name: string
  command: string[]
  /** Where Vitest writes its counts; a step without counts as one test. */
  report?: string
}
export interface Counts {
  passed: number
  failed: number
  /** What failed, by name and with the first lines of why: a long output ends with it. */
  failures: string[]
}

/** Runs all steps, one after the other, whatever became of those before. */
export const runSteps = (steps: readonly Step[]): Promise<Counts> => runInOrder(steps, run)

/** Runs lanes beside each other, each in its order. What a step prints is shown when it has ended, so that nothing is mixed. */
export const runLanes = async (lanes: readonly (readonly Step[])[]): Promise<Counts> => {
  const filled = lanes.filter((lane) => lane.length > 0)
  const counts = await Promise.all(
    filled.map((lane) => runInOrder(lane, filled.length > 1 ? runHeld : run)),
  )
  return sumOf(counts)
}

export const sumOf = (counts: readonly Counts[]): Counts => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  failures: counts.flatMap(({ failures }) => failures),
})

const runInOrder = async (
  steps: readonly Step[],
  runOne: (step: Step) => Promise<boolean>,
): Promise<Counts> => {
  const all: Counts[] = []
  for (const step of steps) {
    const good = await runOne(step)
    const told = step.report
      ? readReport(step.report)
      : { passed: good ? 1 : 0, failed: 0, failures: [] }
    // A runner that dies before its report, or fails outside a test, is a failure of its own.
    const failed = Math.max(told?.failed ?? 1, good ? 0 : 1)
    const failures = failed > 0 && !told?.failures.length ? [step.name] : (told?.failures ?? [])
    all.push({ passed: told?.passed ?? 0, failed, failures })
  }
  return sumOf(all)
}

const heading = ({ name }: Step): void => console.info(`\n── ${name}`)

const run = (step: Step): Promise<boolean> => {
  heading(step)
  const [command = '', ...args] = step.command
  return ended(spawn(command, args, { stdio: 'inherit' }))
}

const runHeld = async (step: Step): Promise<boolean> => {
  const [command = '', ...args] = step.command
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Buffer[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk))
  const good = await ended(child)
  heading(step)
  process.stdout.write(Buffer.concat(output))
  return good
}

const ended = (child: ChildProcess): Promise<boolean> =>
  new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    child.on('close', (code) => resolve(code === 0))
  })

const readReport = (file: string): Counts | null => {
  try {
    const report: VitestReport = JSON.parse(readFileSync(file, 'utf8'))
    const { numPassedTests: passed, numFailedTests: failed } = report
    if (!Number.isInteger(passed) || !Number.isInteger(failed)) return null
    return { passed, failed, failures: failuresOf(report) }
  } catch {
    return null
  }
}

/** Vitest's JSON reporter, the part that is read. */
interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults?: {
    name: string
    status: string
    message?: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[]
  }[]
}

const linesOfWhy = 6
const failuresOf = ({ testResults = [] }: VitestReport): string[] =>
  testResults.flatMap(({ name, status, message = '', assertionResults }) => {
    const file = relative(process.cwd(), name)
    const tests = assertionResults.filter((test) => test.status === 'failed')
    if (tests.length === 0) return status === 'failed' ? [`${file}\n${beginOf(message)}`] : []
    return tests.map(
      ({ fullName, failureMessages }) =>
        `${file} › ${fullName}\n${beginOf((failureMessages ?? []).join('\n'))}`,
    )
  })

const beginOf = (text: string): string =>
  text
    .split('\n', linesOfWhy)
    .map((line) => `    ${line}`)
    .join('\n')
