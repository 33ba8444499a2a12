// node scripts/studio/main.ts <package folder> [module/item …]
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readMedia, setMinutes } from './item.ts'
import { isMade, readLedger, sourceOf, writeLedger } from './ledger.ts'
import { make } from './make.ts'
import { openScreen, type Screen } from './screen.ts'
import { readScript } from './script.ts'

const [root, ...wanted] = process.argv.slice(2)
if (!root) throw new Error('usage: node scripts/studio/main.ts <package folder> [module/item …]')

const browser = process.env.CHROMIUM ?? '/usr/bin/chromium'
const ledger = readLedger(root)
const items = globSync('{modules,tracks}/*/*/script.yaml', { cwd: root }).map(dirname).toSorted()
const opened: Promise<Screen>[] = [] // none until the first film
const screen = (): Promise<Screen> => {
  const open = opened[0] ?? openScreen(browser)
  opened[0] = open
  return open
}
let failed = 0

for (const item of items) {
  if (wanted.length > 0 && !wanted.some((name) => item === name || item.endsWith(`/${name}`)))
    continue
  const folder = join(root, item)
  const media = readMedia(folder)
  if (!media) {
    console.log(`${item}: no item.yaml with media, left out`)
    continue
  }
  const scratch = mkdtempSync(join(tmpdir(), 'studio-'))
  try {
    const source = sourceOf(folder, media)
    if (isMade(folder, ledger[item], source)) continue
    const made = await make(folder, readScript(join(folder, 'script.yaml')), media, screen, scratch)
    ledger[item] = {
      source,
      seconds: Math.round(made.seconds),
      bytes: made.bytes,
      files: made.files,
    }
    writeLedger(root, ledger)
    setMinutes(folder, made.seconds)
    console.log(
      `${item}: ${clock(made.seconds)}, ${kilobytes(made.bytes)}, ${made.wpm} words a minute`,
    )
  } catch (error) {
    failed += 1
    console.error(`${item}: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

for (const open of opened) await (await open).close()
const all = Object.values(ledger)
console.log(
  `${all.length} in all: ${clock(all.reduce((sum, entry) => sum + entry.seconds, 0))}, ${kilobytes(all.reduce((sum, entry) => sum + entry.bytes, 0))}`,
)
if (failed > 0) process.exitCode = 1

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}.${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`
}
