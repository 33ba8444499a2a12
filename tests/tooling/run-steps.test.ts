import { execFile } from 'node:child_process'
import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { runLanes, runSteps, type Step } from '../../scripts/run-steps.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const repo = resolve(import.meta.dirname, '../..')
beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

const good: Step = { name: 'good', command: ['node', '-e', ''] }
const bad: Step = { name: 'bad', command: ['node', '-e', 'process.exit(3)'] }

/** A step that writes this report and ends with this code, as Vitest does. */
const runner = (report: unknown, code: number): Step => {
  const file = join(temporaryFolder(), 'report.json')
  const text = typeof report === 'string' ? report : JSON.stringify(report)
  const script = `require('fs').writeFileSync(process.argv[1], process.argv[2]); process.exit(${code})`
  return { name: 'runner', command: ['node', '-e', script, file, text], report: file }
}

test('every step counts as one test', async () => {
  expect(await runSteps([good, bad, good])).toMatchObject({ passed: 2, failed: 1 })
})

test('a step that fails does not keep the next ones from running', async () => {
  const file = join(temporaryFolder(), 'ran')
  const last: Step = {
    name: 'last',
    command: ['node', '-e', `require('fs').writeFileSync('${file}', '')`],
  }
  expect(await runSteps([bad, last])).toMatchObject({ passed: 1, failed: 1 })
  expect(existsSync(file)).toBe(true)
})

test('lanes run beside each other, each in its order, and all are counted', async () => {
  const folder = temporaryFolder()
  const write = (name: string): string => `require('fs').writeFileSync('${join(folder, name)}', '')`
  const waitFor = (name: string): string =>
    `const t = setInterval(() => { if (require('fs').existsSync('${join(folder, name)}')) clearInterval(t) }, 10)`
  const step = (script: string): Step => ({ name: 'step', command: ['node', '-e', script] })
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const counts = await runLanes([
    [step(waitFor('other')), step(write('mine'))],
    [step(write('other')), step(waitFor('mine')), bad],
    [],
  ])
  expect(counts).toMatchObject({ passed: 4, failed: 1 })
})

test('what a step in a lane prints is shown as a whole', async () => {
  const shown: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => shown.push(String(text)) > 0)
  const talk = { name: 'talk', command: ['node', '-e', 'console.log(1); console.error(2)'] }
  await runLanes([[talk], [good]])
  expect(
    shown.filter((text) => text !== '').map((text) => text.split('\n').sort().join('')),
  ).toEqual(['12'])
})

test('a command that is not there is a failure', async () => {
  const step = { name: 'gone', command: ['no-such-command-here'] }
  expect(await runSteps([step])).toMatchObject({ passed: 0, failed: 1 })
})

test('a step that is killed is a failure', async () => {
  const step = { name: 'killed', command: ['node', '-e', 'process.kill(process.pid, "SIGKILL")'] }
  expect(await runSteps([step])).toMatchObject({ passed: 0, failed: 1 })
})

test.for([
  ['that is content', { numPassedTests: 7, numFailedTests: 0 }, 0, { passed: 7, failed: 0 }],
  ['with failed tests', { numPassedTests: 7, numFailedTests: 2 }, 1, { passed: 7, failed: 2 }],
  [
    'that failed outside its tests',
    { numPassedTests: 7, numFailedTests: 0 },
    1,
    { passed: 7, failed: 1 },
  ],
  [
    'whose report tells of failures but whose code does not',
    { numPassedTests: 7, numFailedTests: 2 },
    0,
    { passed: 7, failed: 2 },
  ],
  ['whose report is half written', '{"numPassedTests": 7', 0, { passed: 0, failed: 1 }],
  ['whose report has another form', { tests: 7 }, 0, { passed: 0, failed: 1 }],
] as const)('a test runner %s is counted', async ([, report, code, counts]) => {
  expect(await runSteps([runner(report, code)])).toMatchObject(counts)
})

test('a test runner that dies before its report is a failure', async () => {
  const report = join(temporaryFolder(), 'never-written.json')
  expect(await runSteps([{ ...good, report }])).toMatchObject({ passed: 0, failed: 1 })
  expect(await runSteps([{ ...bad, report }])).toMatchObject({ passed: 0, failed: 1 })
})

test('the report of the real Vitest is understood', async () => {
  const folder = temporaryFolder()
  symlinkSync(join(repo, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(
    join(folder, 'a.test.ts'),
    `import { expect, test } from 'vitest'
     test('one', () => {}); test('two', () => {}); test('three', () => expect(1).toBe(2))`,
  )
  writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {}')
  writeFileSync(join(folder, 'b.test.ts'), `import './not-there.ts'`)
  const vitest = (...files: string[]): Step => {
    const report = join(folder, `${files.join()}.json`)
    const reporters = ['--reporter=json', `--outputFile.json=${report}`]
    const command = ['vitest', 'run', '--root', folder, ...reporters, ...files]
    return { name: files.join(), command, report }
  }
  const one = await runSteps([vitest('a.test')])
  expect(one).toMatchObject({ passed: 2, failed: 1 })
  expect(one.failures.join()).toMatch(/a\.test\.ts › three\n.*expected 1 to be 2/)
  const broken = await runSteps([vitest('b.test')])
  expect(broken).toMatchObject({ passed: 0, failed: 1 })
  expect(broken.failures.join()).toMatch(/b\.test\.ts\n.*not-there/)
  const none = await runSteps([vitest('no-such-file')])
  expect(none).toMatchObject({ passed: 0, failed: 1, failures: ['no-such-file'] })
})

const npmTest = (...names: string[]): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    execFile('node', ['scripts/test.ts', ...names], { cwd: repo }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    )
  })

test('the tests end with the counts', async () => {
  const { code, output } = await npmTest('types of shared')
  expect(output.trim().split('\n').at(-1)).toMatch(/^\d+ passed, \d+ failed$/)
  expect(code).toBe(output.includes(', 0 failed') ? 0 : 1)
})

test('a step that does not exist is no success', async () => {
  const { code, output } = await npmTest('units')
  expect(code).toBe(2)
  expect(output).toContain('no step is called units; there are: format and lint')
})
