// What the studio needs of an item.yaml, and the one line it may change there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export type Media = { file: string; described: string | null; poster: string | null }

/** Null when the item beside the script is not (yet) there. */
export function readMedia(folder: string): Media | null {
  const file = join(folder, 'item.yaml')
  if (!existsSync(file)) return null
  const media: unknown = (parse(readFileSync(file, 'utf8')) as { media?: unknown } | null)?.media
  if (typeof media !== 'object' || media === null) return null
  const text = (key: string): string | null => {
    const value: unknown = (media as Record<string, unknown>)[key]
    return typeof value === 'string' ? value : null
  }
  return { file: text('file') ?? 'film.mp4', described: text('described'), poster: text('poster') }
}

/** Sets `minutes`, touching only that line, so that the time budget is that of the real file. */
export function setMinutes(folder: string, seconds: number): void {
  const file = join(folder, 'item.yaml')
  const text = readFileSync(file, 'utf8')
  const changed = text.replace(/^minutes:.*$/m, `minutes: ${Math.max(1, Math.round(seconds / 60))}`)
  if (changed !== text) writeFileSync(file, changed)
}
