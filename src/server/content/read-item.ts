import { join } from 'node:path'
import { type ItemFile, itemFileSchema } from '../../shared/domain/item.ts'
import { languages } from '../../shared/domain/languages.ts'
import { mediaMinutes, readingMinutes } from '../../shared/domain/minutes.ts'
import type { OutlineItem } from '../../shared/domain/outline.ts'
import { checkItem, checkReferences } from './check-item.ts'
import { readItemMedia } from './item-media.ts'
import { findFile, firstOwner } from './layers.ts'
import { placeAt } from './located.ts'
import { checkNarrowing } from './narrowing.ts'
import type { PackageSource } from './package-source.ts'
import { type ItemTexts, readTexts } from './read-text.ts'
import { readYaml } from './read-yaml.ts'
import type { Section } from './section.ts'

/** An item of the outline; null when its item.yaml has a mistake of form. */
export const readItem = async (
  source: PackageSource,
  section: Section,
  id: string,
): Promise<OutlineItem | null> => {
  const { layers, problems } = source
  const folder = join(section.kind, section.id, id)
  const path = join(folder, 'item.yaml')
  const {
    source: yaml,
    before,
    value: item,
  } = await readYaml(layers, path, itemFileSchema, problems)
  if (yaml) checkReferences(source, section, yaml)
  if (yaml && before) checkNarrowing(before, yaml, problems)
  if (!yaml || !item) {
    await readTexts(source, folder, null)
    return null
  }
  checkItem(source, section, item, yaml)

  const { media, file, described } = await readItemMedia(source, folder, item, yaml)
  const sound = item.media && {
    captions: item.media.captions,
    captionPlace: (language: string) => placeAt(yaml, ['media', 'captions', language]),
    describedPlace:
      item.media.described === undefined ? null : placeAt(yaml, ['media', 'described']),
    file,
    described,
  }
  const texts = await readTexts(source, folder, sound ?? null)
  if (item.kind === 'article') checkArticle(source, folder, texts)
  return {
    id: `${firstOwner(layers, path)}.${section.id}.${id}`,
    path: `${section.id}/${id}`,
    kind: item.kind,
    phase: item.phase ?? null,
    stop: section.stopByPhase.get(item.phase ?? '') ?? null,
    depth: item.depth,
    audiences: item.audiences ?? [...section.audiences],
    abilities: item.abilities,
    open: item.open,
    title: item.title,
    summary: item.summary,
    minutes: honestMinutes(item, media, texts),
    media,
    fields: item.fields,
    text: texts.hashByLanguage,
  }
}

/** An article takes as long as its longer language. */
const honestMinutes = (item: ItemFile, media: OutlineItem['media'], texts: ItemTexts): number => {
  if (media) return mediaMinutes(media.file.seconds)
  if (item.kind !== 'article') return item.minutes ?? 1
  return Math.max(...languages.map((language) => readingMinutes(texts.blocksByLanguage[language])))
}

const checkArticle = ({ layers, problems }: PackageSource, folder: string, texts: ItemTexts) => {
  for (const language of languages) {
    const file = findFile(layers, join(folder, `${language}.md`))
    const first = texts.blocksByLanguage[language][0]
    if (file && first?.kind !== 'paragraph') problems.add({ file, line: 1 }, 'article-empty')
  }
}
