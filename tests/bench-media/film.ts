import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Film {
  file: string
  sha256: string
  size: number
  seconds: number
  /** Of the item whose film it is in the demonstration. */
  item: string
}

/** Between two keyframes, as often as the player must decode from. */
const keyframeSeconds = 2
const clipSeconds = 10
const framesASecond = 25
const folder = join(tmpdir(), 'loft-bench-films-1')

/**
 * A film of at least this many bytes: ten seconds of noise at 8 Mbit/s, H.264 and AAC with the index first, over and over again.
 * It is made once and stays in the folder for temporary files.
 */
export const makeFilm = async (megabytes: number, item: string): Promise<Film> => {
  mkdirSync(folder, { recursive: true })
  const clip = made('clip.mp4', [
    ...['-f', 'lavfi', '-i'],
    `testsrc2=size=1280x720:rate=${framesASecond}:duration=${clipSeconds},noise=alls=60:allf=t`,
    ...['-f', 'lavfi', '-i', `sine=frequency=220:sample_rate=48000:duration=${clipSeconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-b:v', '8M', '-minrate', '8M', '-maxrate', '8M', '-bufsize', '8M'],
    ...['-x264-params', 'nal-hrd=cbr:force-cfr=1', '-sc_threshold', '0'],
    ...['-g', String(keyframeSeconds * framesASecond), '-c:a', 'aac', '-b:a', '128k'],
  ])
  const times = Math.ceil((megabytes * 1_000_000) / statSync(clip).size)
  const loop = ['-stream_loop', String(times - 1), '-i', clip, '-c', 'copy']
  const file = made(`${megabytes}.mp4`, loop)
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file)) hash.update(bytes)
  const { size } = statSync(file)
  return { file, sha256: hash.digest('hex'), size, seconds: times * clipSeconds, item }
}

const made = (name: string, how: readonly string[]): string => {
  const file = join(folder, name)
  if (existsSync(file)) return file
  const unfinished = join(folder, `${process.pid}-${name}`)
  try {
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...how, '-movflags', '+faststart', unfinished])
    renameSync(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
  return file
}
