// When each line is said and each picture changes. Pure: lengths in, times out; all times in seconds.
import { stepsOf } from './pictures/kinds.ts'
import type { Line, Scene, Text } from './script.ts'

export type Cue = {
  from: number
  to: number
  text: Text
  voice: string
  kind: 'speech' | 'describe'
}
/** From `at` on, scene number `scene` stands at `step`; the step is drawn in from then. */
export type Turn = { at: number; scene: number; step: number }
export type Timeline = {
  seconds: number
  cues: Cue[]
  /** Which line (by its place in its scene) begins when. */
  spoken: { at: number; line: Line }[]
  turns: Turn[]
  chapters: { at: number; title: Text }[]
}

const LEAD = 1.3,
  END = 1.9,
  BETWEEN_LINES = 0.35,
  BETWEEN_VOICES = 0.5,
  BETWEEN_SCENES = 0.9

/** `lengthOf` gives the seconds of a line; a line of null length is left out (descriptions in the plain film). */
export function layOut(scenes: Scene[], lengthOf: (line: Line) => number | null): Timeline {
  const cues: Cue[] = [],
    spoken: Timeline['spoken'] = [],
    turns: Turn[] = [],
    chapters: Timeline['chapters'] = []
  let now = LEAD,
    gap = 0,
    voice = ''
  scenes.forEach((scene, index) => {
    const begins = index === 0 ? 0 : now + Math.max(gap, BETWEEN_SCENES) * 0.45
    if (index > 0) gap = Math.max(gap, BETWEEN_SCENES)
    if (scene.chapter) chapters.push({ at: begins, title: scene.chapter })
    const steps = stepsByLine(scene)
    turns.push({ at: begins, scene: index, step: steps.first })
    for (const line of scene.lines) {
      if (line.kind === 'pause') {
        gap += line.seconds
        continue
      }
      const length = lengthOf(line)
      if (length === null) continue
      const speaker = line.kind === 'speech' ? line.voice : 'describe'
      if (voice && voice !== speaker) gap = Math.max(gap, BETWEEN_VOICES)
      const at = now + gap
      spoken.push({ at, line })
      cues.push({ from: at, to: at + length, text: line.text, voice: speaker, kind: line.kind })
      const step = steps.byLine.get(line)
      if (step !== undefined) turns.push({ at, scene: index, step })
      voice = speaker
      now = at + length
      gap = BETWEEN_LINES
    }
  })
  return { seconds: now + Math.max(gap, END), cues, spoken, turns, chapters }
}

/**
 * The step a scene begins with, and the lines that move it on. A scene without steps shows its parts one by one over
 * its lines; a scene whose first line has a step begins with it, so that no picture stands empty.
 */
function stepsByLine(scene: Scene): { first: number; byLine: Map<Line, number> } {
  const byLine = new Map<Line, number>()
  const { draw } = scene
  const total = draw ? stepsOf(draw) : 1
  const speech = scene.lines.filter((line) => line.kind === 'speech')
  if (draw && ['title', 'sentence', 'place'].includes(draw.kind)) return { first: 1, byLine }
  for (const line of speech)
    if (line.step !== null) byLine.set(line, Math.min(Math.max(line.step, 0), total))
  if (byLine.size === 0) {
    for (let step = 2; step <= total; step++) {
      const line = speech[Math.floor(((step - 1) * speech.length) / total)]
      if (line) byLine.set(line, step)
    }
    return { first: 1, byLine }
  }
  const [opening] = speech
  const first = opening ? byLine.get(opening) : undefined
  if (opening && first !== undefined) byLine.delete(opening)
  return { first: first ?? 0, byLine }
}
