// One spoken line as sound: a recorded voice when there is one, else the synthetic one.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { decode, type Samples, trim } from './sound.ts'

/** The speed of the synthetic voice, in words a minute within a sentence. */
export const USUAL_WPM = 150

// Measured over the scripts of the first package: espeak asked for 172 gave 177 words a minute.
const ESPEAK_PER_WORD = 0.97

// Takes off the rumble, the nasal edge and the hiss, and evens the level.
const SOFTEN = [
  'highpass=f=80',
  'equalizer=f=220:t=q:w=1:g=2',
  'equalizer=f=2900:t=q:w=1.2:g=-4',
  'equalizer=f=5200:t=q:w=1.5:g=-3',
  'lowpass=f=7200',
  'acompressor=threshold=-22dB:ratio=2.2:attack=8:release=120:makeup=1.5',
].join(',')

/** Speaks bokmål text; `scratch` is a folder for the passing file. */
export function speak(text: string, voice: string, wpm: number, scratch: string): Samples {
  const file = join(scratch, 'line.wav')
  const pitch = voice.includes('+') ? '48' : '42'
  execFileSync('espeak-ng', [
    '-v',
    voice,
    '-s',
    String(Math.round(wpm * ESPEAK_PER_WORD)),
    '-p',
    pitch,
    '-w',
    file,
    '--',
    text,
  ])
  return trim(decode(file, SOFTEN))
}

/** The recorded line number `line` of the script in `folder`, or null: voice/<line>.wav, .flac, .m4a or .mp3. */
export function recorded(folder: string, line: number): Samples | null {
  for (const end of ['wav', 'flac', 'm4a', 'mp3']) {
    const file = join(folder, 'voice', `${line}.${end}`)
    if (existsSync(file)) return trim(decode(file, 'highpass=f=60'))
  }
  return null
}
