// studio.json of a package: what was made from which script, so that only what changed is made again.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Raised when pictures or voices change so much that everything should be made again. */
const STUDIO = 1

export type Entry = { source: string; seconds: number; bytes: number; files: string[] }
export type Ledger = Record<string, Entry>

export function readLedger(root: string): Ledger {
  const file = join(root, 'studio.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ledger) : {}
}

export function writeLedger(root: string, ledger: Ledger): void {
  const sorted = Object.fromEntries(Object.entries(ledger).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(join(root, 'studio.json'), `${JSON.stringify(sorted, null, 2)}\n`)
}

/** A hash of all that a film is made of: script, which files the item wants, recorded voices. */
export function sourceOf(folder: string, media: object): string {
  const hash = createHash('sha256')
    .update(`${STUDIO}\n${JSON.stringify(media)}\n`)
    .update(readFileSync(join(folder, 'script.yaml')))
  const voice = join(folder, 'voice')
  if (existsSync(voice))
    for (const name of readdirSync(voice).toSorted())
      hash.update(name).update(readFileSync(join(voice, name)))
  return hash.digest('hex').slice(0, 16)
}

export function isMade(folder: string, entry: Entry | undefined, source: string): boolean {
  return entry?.source === source && entry.files.every((name) => existsSync(join(folder, name)))
}
