import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Step {
  name: string
  command: string[]
  /** Where Vitest writes its counts; a step without counts as one test. */
  report?: string
}
export interface Counts {
  passed: number
  failed: number
}

/** Runs all steps, one after the other, whatever became of those before. */
export const runSteps = (steps: readonly Step[]): Promise<Counts> => runInOrder(steps, run)

/** Runs lanes beside each other, each in its order. What a step prints is shown when it has ended, so that nothing is mixed. */
export const runLanes = async (lanes: readonly (readonly Step[])[]): Promise<Counts> => {
  const filled = lanes.filter((lane) => lane.length > 0)
  const counts = await Promise.all(
    filled.map((lane) => runInOrder(lane, filled.length > 1 ? runHeld : run)),
  )
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  }
}

const runInOrder = async (
  steps: readonly Step[],
  runOne: (step: Step) => Promise<boolean>,
): Promise<Counts> => {
  const sum = { passed: 0, failed: 0 }
  for (const step of steps) {
    const good = await runOne(step)
    const counts = step.report ? readReport(step.report) : { passed: good ? 1 : 0, failed: 0 }
    sum.passed += counts?.passed ?? 0
    // A runner that dies before its report, or fails outside a test, is a failure of its own.
    sum.failed += Math.max(counts?.failed ?? 1, good ? 0 : 1)
  }
  return sum
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
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'))
    const whole = Number.isInteger(numPassedTests) && Number.isInteger(numFailedTests)
    return whole ? { passed: numPassedTests, failed: numFailedTests } : null
  } catch {
    return null
  }
}
