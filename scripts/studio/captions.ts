// WebVTT of a timeline: captions, which are also the transcript, and chapters.
import type { Language } from './script.ts'
import type { Timeline } from './timeline.ts'

/**
 * A cue per line, the same times in every language. A dash marks a new speaker, brackets a description. A cue stays
 * a little after the voice, but never into the next.
 */
export function captions({ cues }: Timeline, language: Language): string {
  const several =
    new Set(cues.filter((cue) => cue.kind === 'speech').map((cue) => cue.voice)).size > 1
  const blocks = cues.map((cue, i) => {
    const next = cues[i + 1]
    const to = Math.min(cue.to + 0.3, next ? next.from - 0.04 : Infinity)
    const words = cue.text[language]
    const turn = several && cue.voice !== cues[i - 1]?.voice ? '– ' : ''
    return block(cue.from, to, cue.kind === 'describe' ? `[${words}]` : turn + words)
  })
  return `WEBVTT\nLanguage: ${language}\n\n${blocks.join('\n')}`
}

export function chapters({ chapters, seconds }: Timeline, language: Language): string {
  const blocks = chapters.map((chapter, i) =>
    block(chapter.at, chapters[i + 1]?.at ?? seconds, chapter.title[language]),
  )
  return `WEBVTT\nLanguage: ${language}\n\n${blocks.join('\n')}`
}

function block(from: number, to: number, text: string): string {
  return `${clock(from)} --> ${clock(to)}\n${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('-->', '→')}\n`
}

function clock(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const pad = (n: number, length = 2): string => String(Math.floor(n)).padStart(length, '0')
  return `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1000) % 60)}.${pad(ms % 1000, 3)}`
}
