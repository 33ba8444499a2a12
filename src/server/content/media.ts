import { extname } from 'node:path'
import { parseFile } from 'music-metadata'
import type { MediaFile } from '../../shared/domain/outline.ts'
import type { Manifest } from '../../shared/media/manifest.ts'
import { fingerprint } from './fingerprint.ts'
import type { Place, Problems } from './problem.ts'

const types: Record<string, MediaFile['type']> = { '.mp4': 'video/mp4', '.m4a': 'audio/mp4' }

/** An encoder once cut the last sentences off a film: its sound was twelve seconds shorter than its picture. */
const slackSeconds = 2

/** A film or sound, measured and cut into pieces; null when it is neither MP4 nor M4A. */
export const readMedia = async (
  file: string,
  name: string,
  place: Place,
  problems: Problems,
): Promise<{ file: MediaFile; manifest: Manifest } | null> => {
  const refuse = (detail: string) => {
    problems.add(place, 'media-type', { name, detail })
    return null
  }
  const type = types[extname(name)]
  if (!type) return refuse('a file of media is .mp4 or .m4a')

  const format = await parseFile(file).then(
    (metadata) => metadata.format,
    () => null,
  )
  const lengths = format?.trackInfo.flatMap(({ duration }) => duration ?? []) ?? []
  if (!format || lengths.length === 0 || !/mp4|m4a|isom/i.test(format.container ?? '')) {
    return refuse('this is not an MP4 file')
  }
  if (type === 'video/mp4' && !format.hasVideo) return refuse('there is no picture: name it .m4a')
  if (type === 'audio/mp4' && format.hasVideo) return refuse('there is a picture: name it .mp4')
  if (!format.hasAudio) return refuse('there is no sound')
  const longest = Math.max(...lengths)
  const shortest = Math.min(...lengths)
  if (longest - shortest > slackSeconds) {
    const detail = `picture and sound last ${longest.toFixed(1)} s and ${shortest.toFixed(1)} s`
    problems.add(place, 'media-type', { name, detail })
  }

  const seconds = Math.round(longest * 1000) / 1000
  const { sha256, size, ...pieces } = await fingerprint(file)
  return { file: { sha256, size, type, seconds }, manifest: { sha256, size, type, ...pieces } }
}
