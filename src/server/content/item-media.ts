import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ItemFile } from '../../shared/domain/item.ts'
import { mediaMinutesAgree } from '../../shared/domain/minutes.ts'
import type { MediaFile, OutlineItem } from '../../shared/domain/outline.ts'
import type { Timeline } from './captions.ts'
import { findFile } from './layers.ts'
import { type Located, type Path, placeAt } from './located.ts'
import { readMedia } from './media.ts'
import type { PackageSource } from './package-source.ts'
import { readSvg } from './svg.ts'

export interface ItemMedia {
  /** Null when the film or sound itself is missing or unreadable. */
  media: OutlineItem['media']
  /** How long the cues may be. */
  file: Timeline | null
  described: Timeline | null
}

export const readItemMedia = async (
  source: PackageSource,
  folder: string,
  item: ItemFile,
  yaml: Located,
): Promise<ItemMedia> => {
  if (!item.media) return { media: null, file: null, described: null }
  const { file: name, described: describedName, poster: posterName } = item.media
  const read = (key: string, name: string) => readOne(source, folder, name, yaml, ['media', key])

  const file = await read('file', name)
  const described = describedName === undefined ? null : await read('described', describedName)
  const poster =
    posterName === undefined ? null : await readPoster(source, folder, posterName, yaml)
  if (file && item.minutes && !mediaMinutesAgree(item.minutes, file.seconds)) {
    const values = { minutes: item.minutes, name, real: clock(file.seconds) }
    source.problems.add(placeAt(yaml, ['minutes']), 'media-minutes', values)
  }
  return {
    media: file && { file, described, poster },
    file: file && { name, seconds: file.seconds },
    described: described && { name: describedName ?? '', seconds: described.seconds },
  }
}

const readOne = async (
  { layers, problems, media }: PackageSource,
  folder: string,
  name: string,
  yaml: Located,
  key: Path,
): Promise<MediaFile | null> => {
  const path = findFile(layers, join(folder, name))
  if (!path) {
    problems.add(placeAt(yaml, key), 'media-missing', { name })
    return null
  }
  const read = await readMedia(path, name, placeAt(yaml, key), problems)
  if (!read) return null
  media.set(read.file.sha256, { path, manifest: read.manifest })
  return read.file
}

const readPoster = async (
  { layers, problems }: PackageSource,
  folder: string,
  name: string,
  yaml: Located,
): Promise<string | null> => {
  const path = findFile(layers, join(folder, name))
  if (path) return readSvg(path, await readFile(path, 'utf8'), problems)
  problems.add(placeAt(yaml, ['media', 'poster']), 'media-missing', { name })
  return null
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
