// `npm run test:mutants`: is the world able to see the mistakes that it is there for? Each must turn it red within `most` seeds,
// and the same seeds must be green without any. `npm run test:mutants -- no-epoch` runs those named.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Mutant, mutants } from './mutants.ts'

const most = 800
const atOnce = 2
const main = fileURLToPath(new URL('main.ts', import.meta.url))
const loader = new URL('mutant-loader.ts', import.meta.url).href

interface Verdict {
  name: string
  theme: string
  /** How many seeds it took; null = the world did not see it. */
  seeds: number | null
  why: string
}

const run = (
  settings: readonly string[],
  seeds: number,
  theme: string,
  env: Record<string, string>,
): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [...settings, main, '--seeds', `${seeds}`, '--stop', '--theme', theme],
      {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8')
      })
    child.on('close', () => resolve(output))
  })

const themeOf = ({ theme = [] }: Mutant): string => theme.join(',')

const judge = async (mutant: Mutant): Promise<Verdict> => {
  const { name } = mutant
  const theme = themeOf(mutant)
  const output = await run(['--import', loader], most, theme, { LOFT_MUTANT: name })
  const [, seeds] = output.match(/^(\d+) seeds in .* [1-9]\d* red/m) ?? []
  const [, why] = output.match(/^seed \d+ is red: (.*)/m) ?? []
  if (seeds !== undefined && !output.includes('was never loaded'))
    return { name, theme, seeds: Number(seeds), why: why ?? '' }
  const isGreen = / 0 red$/m.test(output)
  return { name, theme, seeds: null, why: isGreen ? `${most} seeds are green` : output.slice(-600) }
}

const asked = process.argv.slice(2)
const chosen = mutants.filter(({ name }) => asked.length === 0 || asked.includes(name))
const began = performance.now()
const waiting = [...chosen]
const verdicts: Verdict[] = []
const worker = async (): Promise<void> => {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const verdict = await judge(mutant)
    verdicts.push(verdict)
    const { name, seeds, why } = verdict
    const result = seeds === null ? 'NOT SEEN' : `red after ${seeds}`
    console.info(`${result.padEnd(14)} ${name.padEnd(30)} ${why.slice(0, 110)}`)
  }
}
await Promise.all(Array.from({ length: atOnce }, worker))

/** The same worlds, without a mistake. */
const neededByTheme = new Map<string, number>()
for (const { theme, seeds } of verdicts)
  neededByTheme.set(theme, Math.max(neededByTheme.get(theme) ?? 1, seeds ?? 1))
const sound = await Promise.all(
  [...neededByTheme].map(async ([theme, seeds]) => {
    const output = await run([], seeds, theme, {})
    const isGreen = / 0 red$/m.test(output)
    const where = theme === '' ? '' : `, with ${theme}`
    console.info(
      isGreen
        ? `green          without a mistake, on the same ${seeds} seeds${where}`
        : `RED            without a mistake${where}:\n${output.slice(-1500)}`,
    )
    return isGreen
  }),
)
const isSound = sound.every((one) => one)
const seen = verdicts.filter(({ seeds }) => seeds !== null).length
const seconds = ((performance.now() - began) / 1000).toFixed(0)
console.info(`${seen} of ${chosen.length} mistakes are seen, in ${seconds} s`)
process.exitCode = isSound && seen === chosen.length ? 0 : 1
