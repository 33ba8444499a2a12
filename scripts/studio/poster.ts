// The picture that stands for the film until it plays: the chosen scene, or the one with most to see.
import { drawFrame } from './pictures/draw.ts'
import { type Draw, type Kind, stepsOf } from './pictures/kinds.ts'
import type { Scene } from './script.ts'

const TELLS: Record<Kind, number> = {
  quays: 9,
  ring: 8,
  gap: 8,
  crossing: 7,
  balance: 6,
  layers: 6,
  bars: 6,
  compare: 5,
  place: 4,
  list: 2,
  title: 1,
  sentence: 1,
}

export function poster(scenes: Scene[]): string | null {
  const chosen = scenes.find((scene) => scene.poster && scene.draw)?.draw
  const draws = scenes.flatMap((scene) => scene.draw ?? [])
  const best = chosen ?? draws.toSorted((a, b) => weight(b) - weight(a))[0]
  return best ? `${drawFrame(best, { step: stepsOf(best), progress: 1 })}\n` : null
}

function weight(draw: Draw): number {
  return TELLS[draw.kind] + stepsOf(draw) / 4
}
