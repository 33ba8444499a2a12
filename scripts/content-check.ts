import { resolve } from 'node:path'
import { budgetLines } from '../src/server/content/budget-lines.ts'
import { findBaseBeside } from '../src/server/content/open-layers.ts'
import { readPackage } from '../src/server/content/read-package.ts'

const argument = process.argv[2]
if (argument === undefined) {
  console.error('node scripts/content-check.ts <folder of a content package>')
  process.exit(2)
}
const folder = resolve(argument)
const read = await readPackage(folder, { findBase: findBaseBeside(folder) })
const budget = read.ok ? read.package.budget : read.budget
if (budget) console.log(`${budgetLines(budget).join('\n')}\n`)
if (read.ok) {
  const { outline, texts, media, hash } = read.package
  console.log(`${outline.id} ${outline.version}: ${texts.size} texts, ${media.size} media, ${hash}`)
  console.log('OK')
} else {
  for (const { file, line, message } of read.problems) console.log(`${file}:${line}: ${message}`)
  console.log(`${read.problems.length} ${read.problems.length === 1 ? 'problem' : 'problems'}`)
  process.exitCode = 1
}
