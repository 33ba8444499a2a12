// Which picture stands how long: a turn draws in over a few frames, then the picture is still.
import { drawFrame } from './pictures/draw.ts'
import type { Draw } from './pictures/kinds.ts'
import type { Scene } from './script.ts'
import type { Timeline } from './timeline.ts'

export const FPS = 5

/** A still picture and the number of frames it stands. */
export type Shot = { svg: string; frames: number }

const DRAW_IN = 4 // frames: 0.8 s

export function shots(scenes: Scene[], { turns, seconds }: Timeline): Shot[] {
  const end = Math.ceil(seconds * FPS)
  const list: Shot[] = []
  let draw: Draw | null = null
  turns.forEach((turn, i) => {
    const from = Math.round(turn.at * FPS)
    const to = Math.round((turns[i + 1]?.at ?? seconds) * FPS)
    const last = i === turns.length - 1 ? end : to
    draw = scenes[turn.scene]?.draw ?? draw
    if (!draw) throw new Error('a film needs something to draw in its first scene')
    // Sailing takes longer than appearing.
    const moving =
      turn.step === 0
        ? 1
        : Math.min(draw.kind === 'crossing' ? DRAW_IN * 2 : DRAW_IN, Math.max(1, last - from))
    for (let n = 1; n <= moving; n++) {
      list.push({
        svg: drawFrame(draw, { step: turn.step, progress: n / moving }),
        frames: n < moving ? 1 : Math.max(1, last - from - moving + 1),
      })
    }
  })
  return list
}
