import { spawn } from 'node:child_process'
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
export const runSteps = async (steps: readonly Step[]): Promise<Counts> => {
  const sum = { passed: 0, failed: 0 }
  for (const step of steps) {
    console.info(`\n── ${step.name}`)
    const good = await run(step.command)
    const counts = step.report ? readReport(step.report) : { passed: good ? 1 : 0, failed: 0 }
    sum.passed += counts?.passed ?? 0
    // A runner that dies before its report, or fails outside a test, is a failure of its own.
    sum.failed += Math.max(counts?.failed ?? 1, good ? 0 : 1)
  }
  return sum
}

const run = ([command = '', ...args]: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    child.on('exit', (code) => resolve(code === 0))
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
