// Sound as plain samples in memory: a film's sound is a few megabytes, and sums are exact.
import { execFileSync } from 'node:child_process'

/** One sample per 1/RATE s, -1..1. The rate is that of the synthetic voice. */
export type Samples = Float32Array
export const RATE = 22050

export const secondsOf = (samples: Samples): number => samples.length / RATE

/** Lays sounds on a silent track of the given length. */
export function mixDown(seconds: number, sounds: { at: number; samples: Samples }[]): Samples {
  const track = new Float32Array(Math.ceil(seconds * RATE))
  for (const { at, samples } of sounds) {
    const start = Math.round(at * RATE)
    for (let i = 0; i < samples.length && start + i < track.length; i++)
      track[start + i] = (track[start + i] ?? 0) + (samples[i] ?? 0)
  }
  return track
}

/** Decodes any sound file to mono samples, through the given ffmpeg filter. */
export function decode(file: string, filter = 'anull'): Samples {
  const bytes = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-af', filter, '-ac', '1', '-ar', String(RATE), '-f', 'f32le', '-'],
    { maxBuffer: 1 << 28 },
  )
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

/** Cuts the silence at both ends, so that pauses are the timeline's and nobody else's. */
export function trim(samples: Samples, floor = 0.004): Samples {
  let start = 0,
    end = samples.length
  while (start < end && Math.abs(samples[start] ?? 0) < floor) start += 1
  while (end > start && Math.abs(samples[end - 1] ?? 0) < floor) end -= 1
  const margin = Math.round(0.02 * RATE)
  return samples.slice(Math.max(0, start - margin), Math.min(samples.length, end + margin))
}

/** The signature: two soft bell tones, up at the start and down at the end. */
export function signature(rising: boolean): Samples {
  const tones = rising ? [392, 587.33] : [587.33, 392]
  const samples = new Float32Array(Math.round(2.6 * RATE))
  tones.forEach((hertz, n) => {
    const start = Math.round(n * 0.32 * RATE)
    for (let i = start; i < samples.length; i++) {
      const t = (i - start) / RATE
      const fade =
        Math.min(1, t / 0.03) *
        Math.exp(-t * 2.4) *
        Math.min(1, (samples.length - i) / (0.2 * RATE))
      const wave =
        Math.sin(2 * Math.PI * hertz * t) +
        0.22 * Math.sin(4 * Math.PI * hertz * t) * Math.exp(-t * 3)
      samples[i] = (samples[i] ?? 0) + 0.045 * fade * wave
    }
  })
  return samples
}
