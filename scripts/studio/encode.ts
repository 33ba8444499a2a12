// From samples and pictures to the files that are served. Small first: these files are kept on people's devices.
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FPS } from './frames.ts'
import { RATE, type Samples } from './sound.ts'

/** Speech is heard beside other speech: the same loudness for all. */
const LUFS = -18

/** Writes an AAC file; `kbps` is a wish: ffmpeg's own AAC overshoots it by a fifth, and by half without a cutoff. */
export function encodeSound(track: Samples, kbps: number, file: string, scratch: string): void {
  const raw = join(scratch, 'track.f32')
  writeFileSync(raw, new Uint8Array(track.buffer, track.byteOffset, track.byteLength))
  const input = ['-f', 'f32le', '-ar', String(RATE), '-ac', '1', '-i', raw]
  const measured = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-nostats', ...input, '-af', 'ebur128', '-f', 'null', '-'],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  ).stderr
  const loudness = Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(measured)?.[1] ?? LUFS)
  ffmpeg([
    ...input,
    '-af',
    `volume=${(LUFS - loudness).toFixed(1)}dB,alimiter=limit=0.56:level=false`,
    ...aac(kbps),
    '-movflags',
    '+faststart',
    file,
  ])
}

/** Writes an H.264 film of still pictures with a sound that is encoded already. */
export function encodeFilm(
  pictures: { png: string; frames: number }[],
  sound: string,
  file: string,
  scratch: string,
): void {
  const list = join(scratch, 'pictures.txt')
  const entries = pictures.map(
    ({ png, frames }) => `file '${png}'\nduration ${(frames / FPS).toFixed(3)}\n`,
  )
  // The demuxer forgets the last duration unless the picture is named once more.
  writeFileSync(list, `ffconcat version 1.0\n${entries.join('')}file '${pictures.at(-1)?.png}'\n`)
  const frames = pictures.reduce((sum, picture) => sum + picture.frames, 0)
  // `-t`, not a count of pictures: at the count ffmpeg ends the file with sound still waiting in the encoder's queue.
  ffmpeg([
    '-f',
    'concat',
    '-safe',
    '0',
    '-i',
    list,
    '-i',
    sound,
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c:a',
    'copy',
    '-vf',
    `fps=${FPS},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p`,
    '-t',
    (frames / FPS).toFixed(3),
    '-c:v',
    'libx264',
    '-preset',
    'slow',
    '-crf',
    '27',
    '-tune',
    'stillimage',
    '-g',
    '150',
    '-keyint_min',
    '25',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-colorspace',
    'bt709',
    '-movflags',
    '+faststart',
    file,
  ])
}

function aac(kbps: number): string[] {
  return ['-c:a', 'aac', '-b:a', `${kbps}k`, '-cutoff', '7500', '-ac', '1', '-ar', String(RATE)]
}

function ffmpeg(args: string[]): void {
  // Bit-exact: the same script gives the same file, so that a rerun is no change.
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    ...args.slice(0, -1),
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
    '-flags:a',
    '+bitexact',
    '-map_metadata',
    '-1',
    args.at(-1) ?? '',
  ])
}
