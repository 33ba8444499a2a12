import type { Cue } from '../../shared/domain/article.ts'
import type { Problems } from './problem.ts'

const timing =
  /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?:[ \t].*)?$/

/** How much longer than the sound a last cue may stand, since encoders pad and cut a little. */
const slackSeconds = 0.5

/** The film or sound that the cues belong to; null while it is not there yet. */
export interface Timeline {
  name: string
  seconds: number
}

/**
 * WebVTT as captions use it: https://www.w3.org/TR/webvtt1/ without regions and styles.
 * Settings after the times are dropped (the page places the captions), and so are tags within a cue.
 */
export const readCaptions = (
  file: string,
  text: string,
  timeline: Timeline | null,
  problems: Problems,
): Cue[] => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  if (!/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) {
    problems.add({ file, line: 1 }, 'captions-header')
    return []
  }
  const cues: Cue[] = []
  const blocks = blocksOf(lines).slice(1)
  for (const block of blocks) {
    if (/^NOTE(?:[ \t]|$)/.test(block.lines[0] ?? '')) continue
    const at = block.lines.findIndex((line) => line.includes('-->'))
    const place = { file, line: block.line + Math.max(at, 0) }
    const times = timing.exec(block.lines[at] ?? '')
    if (!times || at > 1) {
      problems.add(place, 'captions-timing')
      continue
    }
    const cue = {
      start: seconds(times.slice(1, 5)),
      end: seconds(times.slice(5, 9)),
      text: plainText(block.lines.slice(at + 1)),
    }
    const before = cues.at(-1)
    if (cue.text === '') problems.add(place, 'captions-empty')
    if (cue.end <= cue.start) problems.add(place, 'captions-backwards')
    if (before && cue.start < before.start) problems.add(place, 'captions-order')
    if (timeline && cue.end > timeline.seconds + slackSeconds) {
      problems.add(place, 'captions-beyond', { end: cue.end, ...timeline })
    }
    cues.push(cue)
  }
  if (blocks.length === 0) problems.add({ file, line: 1 }, 'captions-none')
  return cues
}

/** Runs of lines between empty ones, each with the number of its first line. */
const blocksOf = (lines: string[]): { line: number; lines: string[] }[] => {
  const blocks: { line: number; lines: string[] }[] = []
  let open: string[] | null = null
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      open = null
    } else if (open) {
      open.push(line)
    } else {
      open = [line]
      blocks.push({ line: index + 1, lines: open })
    }
  }
  return blocks
}

const seconds = ([hours = '0', minutes, whole, thousandths]: (string | undefined)[]): number =>
  Number(hours) * 3600 + Number(minutes) * 60 + Number(`${whole}.${thousandths}`)

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': '\u00A0',
  '&lrm;': '\u200E',
  '&rlm;': '\u200F',
}

const plainText = (lines: string[]): string =>
  lines
    .join('\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&[a-z]+;/g, (entity) => entities[entity] ?? entity)
    .trim()
