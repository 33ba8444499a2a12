import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Block, Cue, ItemText } from '../../shared/domain/article.ts'
import { type Language, languages } from '../../shared/domain/languages.ts'
import { readCaptions, type Timeline } from './captions.ts'
import { canonicalJson, sha256 } from './fingerprint.ts'
import { findFile, ownFile } from './layers.ts'
import { type Landmark, readMarkdown, type Text } from './markdown.ts'
import type { PackageSource } from './package-source.ts'
import type { Place, Problems } from './problem.ts'

/** Film or sound of an item, as far as it could be read. */
export interface ItemSound {
  captions: Record<Language, string>
  captionPlace: (language: Language) => Place
  /** Where the described version is named; null where there is none. */
  describedPlace: Place | null
  file: Timeline | null
  described: Timeline | null
}

export interface ItemTexts {
  hashByLanguage: Record<Language, string>
  blocksByLanguage: Record<Language, Block[]>
}

/** The texts of one item in all languages, with the cues of its captions. */
export const readTexts = async (
  source: PackageSource,
  folder: string,
  sound: ItemSound | null,
): Promise<ItemTexts> => {
  const blocksByLanguage = await readBlocks(source, (language) => join(folder, `${language}.md`))
  const hashByLanguage: ItemTexts['hashByLanguage'] = { nn: '', nb: '' }
  for (const language of languages) {
    hashByLanguage[language] = keepText(source, {
      blocks: blocksByLanguage[language],
      cues: sound ? await readItemCaptions(source, folder, sound, language) : [],
      describedCues: await readDescribedCaptions(source, folder, sound, language),
      chapters: await readCues(source, folder, `chapters.${language}.vtt`, sound?.file),
    })
  }
  return { hashByLanguage, blocksByLanguage }
}

/** A facilitator's guide in all languages; returns their hashes. */
export const readGuide = async (
  source: PackageSource,
  pathOf: (language: Language) => string,
): Promise<Record<Language, string>> => {
  const { nn, nb } = await readBlocks(source, pathOf)
  const keep = (blocks: Block[]): string =>
    keepText(source, { blocks, cues: [], describedCues: [], chapters: [] })
  return { nn: keep(nn), nb: keep(nb) }
}

/** Tells of a language that is missing, or goes its own way. */
const readBlocks = async (
  { layers, problems, textSources }: PackageSource,
  pathOf: (language: Language) => string,
): Promise<Record<Language, Block[]>> => {
  const blocksByLanguage: Record<Language, Block[]> = { nn: [], nb: [] }
  const read: { file: string; text: Text }[] = []
  for (const language of languages) {
    const path = pathOf(language)
    const file = findFile(layers, path)
    if (file) {
      const text = readMarkdown(file, await readFile(file, 'utf8'), textSources, problems)
      read.push({ file, text })
      blocksByLanguage[language] = text.blocks
    } else {
      problems.add({ file: ownFile(layers, path), line: 1 }, 'file-missing')
    }
  }
  compareStructure(read, problems)
  return blocksByLanguage
}

const keepText = (source: PackageSource, text: ItemText): string => {
  const json = canonicalJson(text)
  const hash = sha256(json)
  source.texts.set(hash, json)
  return hash
}

const readItemCaptions = async (
  source: PackageSource,
  folder: string,
  sound: ItemSound,
  language: Language,
): Promise<Cue[]> => {
  const name = sound.captions[language]
  if (findFile(source.layers, join(folder, name))) return readCues(source, folder, name, sound.file)
  source.problems.add(sound.captionPlace(language), 'media-missing', { name })
  return []
}

/** Whoever cannot hear reads along with the described version too. */
const readDescribedCaptions = async (
  source: PackageSource,
  folder: string,
  sound: ItemSound | null,
  language: Language,
): Promise<Cue[]> => {
  const name = `captions.described.${language}.vtt`
  if (sound?.describedPlace && !findFile(source.layers, join(folder, name))) {
    source.problems.add(sound.describedPlace, 'media-missing', { name })
  }
  return readCues(source, folder, name, sound?.described)
}

/** No cues when there is no such file. */
const readCues = async (
  { layers, problems }: PackageSource,
  folder: string,
  name: string,
  timeline: Timeline | null | undefined,
): Promise<Cue[]> => {
  const file = findFile(layers, join(folder, name))
  if (!file || !existsSync(file)) return []
  return readCaptions(file, await readFile(file, 'utf8'), timeline ?? null, problems)
}

/** Tells the first heading, note, drawing or term in which a language leaves the first one. */
const compareStructure = (read: { file: string; text: Text }[], problems: Problems): void => {
  const [model, ...others] = read
  if (!model) return
  for (const { file, text } of others) {
    const count = Math.max(model.text.landmarks.length, text.landmarks.length)
    for (let at = 0; at < count; at++) {
      const there = model.text.landmarks[at]
      const here = text.landmarks[at]
      if (here?.sign === there?.sign) continue
      const line = here?.line ?? text.landmarks.at(-1)?.line ?? 1
      problems.add({ file, line }, 'text-structure', {
        here: `here ${describe(here)} stands`,
        there: `${describe(there)} stands`,
        file: relative(join(file, '..'), model.file),
        line: there?.line ?? model.text.landmarks.at(-1)?.line ?? 1,
      })
      break
    }
  }
}

const describe = (landmark: Landmark | undefined): string => landmark?.sign ?? 'nothing more'
