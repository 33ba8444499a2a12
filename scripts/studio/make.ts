// Makes the files of one item: sound, pictures, captions, chapters, poster.
import { createHash } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { captions, chapters } from './captions.ts'
import { encodeFilm, encodeSound } from './encode.ts'
import { shots } from './frames.ts'
import type { Media } from './item.ts'
import { poster } from './poster.ts'
import type { Screen } from './screen.ts'
import type { Language, Line, Script } from './script.ts'
import { mixDown, type Samples, secondsOf, signature } from './sound.ts'
import { recorded, speak, USUAL_WPM } from './speech.ts'
import { layOut, type Timeline } from './timeline.ts'

/** Seconds of the (plain) film or podcast, bytes of everything that was written, words a minute while someone speaks. */
export type Made = { seconds: number; bytes: number; files: string[]; wpm: number }

const LANGUAGES: Language[] = ['nn', 'nb']
const FILM_KBPS = 24,
  PODCAST_KBPS = 30

export async function make(
  folder: string,
  script: Script,
  media: Media,
  screen: () => Promise<Screen>,
  scratch: string,
): Promise<Made> {
  mkdirSync(scratch, { recursive: true })
  const files: string[] = []
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text)
    files.push(name)
  }
  const sounds = voiceLines(folder, script, media.described !== null, scratch)
  const isFilm = media.file.endsWith('.mp4')

  const produce = async (name: string, suffix: string, timeline: Timeline): Promise<void> => {
    const track = mixDown(timeline.seconds, [
      { at: 0.1, samples: signature(true) },
      ...timeline.spoken.flatMap(({ at, line }) => ({
        at,
        samples: sounds.get(line) ?? new Float32Array(),
      })),
      { at: timeline.seconds - 1.7, samples: signature(false) },
    ])
    const target = join(folder, name)
    if (isFilm) {
      const sound = join(scratch, 'sound.m4a')
      encodeSound(track, FILM_KBPS, sound, scratch)
      encodeFilm(
        await photograph(script, timeline, await screen(), scratch),
        sound,
        target,
        scratch,
      )
    } else encodeSound(track, PODCAST_KBPS, target, scratch)
    files.push(name)
    for (const language of LANGUAGES)
      write(`captions${suffix}.${language}.vtt`, captions(timeline, language))
    if (timeline.chapters.length > 0)
      for (const language of LANGUAGES)
        write(`chapters${suffix}.${language}.vtt`, chapters(timeline, language))
  }

  const lengthOf = (line: Line): number | null =>
    sounds.has(line) ? secondsOf(sounds.get(line) ?? new Float32Array()) : null
  const plain = layOut(script.scenes, (line) => (line.kind === 'describe' ? null : lengthOf(line)))
  await produce(media.file, '', plain)
  if (media.described) await produce(media.described, '.described', layOut(script.scenes, lengthOf))
  const svg = media.poster ? poster(script.scenes) : null
  if (media.poster && svg) write(media.poster, svg)

  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  const words = plain.cues.reduce((sum, cue) => sum + cue.text.nb.split(/\s+/).length, 0)
  const speaking = plain.cues.reduce((sum, cue) => sum + cue.to - cue.from, 0)
  return { seconds: plain.seconds, bytes, files, wpm: Math.round((words * 60) / speaking) }
}

function voiceLines(
  folder: string,
  script: Script,
  described: boolean,
  scratch: string,
): Map<Line, Samples> {
  const wpm = script.wpm ?? USUAL_WPM
  const describer = script.voices.describe ?? (script.voices.a === 'nb' ? 'nb+f2' : 'nb')
  const sounds = new Map<Line, Samples>()
  for (const line of script.scenes.flatMap((scene) => scene.lines)) {
    if (line.kind === 'speech')
      sounds.set(
        line,
        recorded(folder, line.number) ??
          speak(line.say, script.voices[line.voice] ?? 'nb', wpm, scratch),
      )
    if (line.kind === 'describe' && described)
      sounds.set(line, speak(line.text.nb, describer, wpm, scratch))
  }
  return sounds
}

async function photograph(
  script: Script,
  timeline: Timeline,
  screen: Screen,
  scratch: string,
): Promise<{ png: string; frames: number }[]> {
  const taken = new Map<string, string>()
  const pictures: { png: string; frames: number }[] = []
  for (const { svg, frames } of shots(script.scenes, timeline)) {
    const known = taken.get(svg)
    const png =
      known ?? join(scratch, `${createHash('sha256').update(svg).digest('hex').slice(0, 20)}.png`)
    if (!known) await screen.shoot(svg, png)
    taken.set(svg, png)
    pictures.push({ png, frames })
  }
  return pictures
}
