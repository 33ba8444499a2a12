import { type ItemFile, isMediaKind } from '../../shared/domain/item.ts'
import { childOf, idsAt, type Located, placeAt } from './located.ts'
import type { PackageSource } from './package-source.ts'
import type { Section } from './section.ts'

/** References of an item; read from the YAML as it stands, so that they are told beside mistakes of form. */
export const checkReferences = (source: PackageSource, section: Section, yaml: Located): void => {
  const { problems, trackByAudience } = source
  checkIds(source, yaml, 'abilities')
  checkIds(source, yaml, 'audiences')
  if (section.kind === 'tracks') return
  for (const [at, id] of idsAt(yaml, 'audiences').entries()) {
    const track = trackByAudience.get(id)
    if (!track) continue
    problems.add(placeAt(yaml, ['audiences', at]), 'audience-has-track', { id, track })
  }
}

/** Ids of a list that framework.yaml or programme.yaml does not know. */
export const checkIds = (
  { problems, abilities, audiences }: PackageSource,
  yaml: Located,
  key: 'abilities' | 'audiences',
): void => {
  const known = key === 'abilities' ? abilities : audiences
  const file = key === 'abilities' ? 'framework.yaml' : 'programme.yaml'
  for (const [at, id] of idsAt(yaml, key).entries()) {
    if (!known || known.has(id)) continue
    problems.add(placeAt(yaml, [key, at]), 'id-unknown', { id, kind: key, file })
  }
}

/** What an item of this kind, in this place, must and must not have. */
export const checkItem = (
  { problems }: PackageSource,
  section: Section,
  item: ItemFile,
  yaml: Located,
): void => {
  const at = (...path: (string | number)[]) => placeAt(yaml, path)
  const { kind } = item
  if (section.kind === 'tracks') {
    if (item.phase) problems.add(at('phase'), 'phase-in-track')
  } else if (!item.phase) {
    problems.add(yaml.place, 'phase-missing')
  } else if (!section.stopByPhase.has(item.phase)) {
    problems.add(at('phase'), 'phase-unplaced', { phase: item.phase, file: section.file })
  }

  if (isMediaKind(kind) && !item.media) problems.add(at('kind'), 'media-absent', { kind })
  if (!isMediaKind(kind) && item.media) problems.add(at('media'), 'media-unexpected', { kind })
  if (kind === 'article') {
    if (item.minutes) problems.add(at('minutes'), 'article-minutes')
    if (item.fields.length > 0) problems.add(at('fields'), 'article-fields')
  }
  if (kind === 'task') {
    if (!item.minutes) problems.add(at('kind'), 'task-minutes-missing')
    if (item.fields.length === 0) problems.add(at('kind'), 'task-fields-missing')
  }

  const fields = childOf(yaml, 'fields')
  if (!fields) return
  for (const [index, field] of item.fields.entries()) {
    const { id } = field
    if (section.kind === 'tracks' && field.sees === 'group') {
      problems.add(placeAt(fields, [index, 'sees']), 'group-in-track', { id })
    }
    if (field.kind === 'scale' && field.scale.min >= field.scale.max) {
      problems.add(placeAt(fields, [index, 'scale', 'max']), 'scale-empty', { id })
    }
  }
}
