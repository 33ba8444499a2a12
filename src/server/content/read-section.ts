import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { phases } from '../../shared/domain/item.ts'
import type { OutlineItem, OutlineModule, OutlineTrack } from '../../shared/domain/outline.ts'
import { moduleFileSchema, trackFileSchema } from '../../shared/domain/programme.ts'
import { checkIds } from './check-item.ts'
import { type Layers, ownFile, ownFolders } from './layers.ts'
import { childOf, idsAt, type Located, placeAt } from './located.ts'
import type { PackageSource } from './package-source.ts'
import type { Problems } from './problem.ts'
import { readItem } from './read-item.ts'
import { readYaml } from './read-yaml.ts'
import type { Section } from './section.ts'

interface ReadSection<T> {
  section: T | null
  /** False when an item is left out for a mistake: then sums of minutes say nothing. */
  whole: boolean
}

export const readModule = async (
  source: PackageSource,
  id: string,
): Promise<ReadSection<OutlineModule>> => {
  const { layers, problems, audiences, trackByAudience } = source
  const file = `modules/${id}/module.yaml`
  const { source: yaml, value } = await readYaml(layers, file, moduleFileSchema, problems)
  if (!yaml) return { section: null, whole: false }
  checkIds(source, yaml, 'abilities')

  const stopByPhase = new Map<string, string>()
  for (const phase of phases) {
    const stop = childOf(childOf(childOf(yaml, 'phases') ?? yaml, phase) ?? yaml, 'stop')
    if (typeof stop?.value !== 'string') continue
    stopByPhase.set(phase, stop.value)
    if (!source.stops || source.stops.includes(stop.value)) continue
    const values = { id: stop.value, kind: 'stops', file: 'programme.yaml' }
    problems.add(stop.place, 'id-unknown', values)
  }
  const { items, whole } = await readItems(source, yaml, {
    kind: 'modules',
    id,
    file,
    stopByPhase,
    audiences: [...(audiences ?? [])].filter((audience) => !trackByAudience.has(audience)),
  })
  checkTravel(source, yaml, id, items)
  if (!value) return { section: null, whole: false }
  const { title, summary, abilities } = value
  const placed = phases.flatMap((phase) => {
    const entry = (value.phases as Partial<typeof value.phases>)[phase]
    return entry ? [{ phase, ...entry }] : []
  })
  return { section: { id, title, summary, abilities, phases: placed, items }, whole }
}

export const readTrack = async (
  source: PackageSource,
  id: string,
): Promise<ReadSection<OutlineTrack>> => {
  const { layers, problems, audiences } = source
  const file = `tracks/${id}/track.yaml`
  const { source: yaml, value } = await readYaml(layers, file, trackFileSchema, problems)
  if (!yaml) return { section: null, whole: false }
  const audience = childOf(yaml, 'audience')
  const audienceId = String(audience?.value)
  source.trackByAudience.set(audienceId, id)
  if (audience && audiences && !audiences.has(audienceId)) {
    const values = { id: audienceId, kind: 'audiences', file: 'programme.yaml' }
    problems.add(audience.place, 'id-unknown', values)
  }
  const { items, whole } = await readItems(source, yaml, {
    kind: 'tracks',
    id,
    file,
    stopByPhase: new Map(),
    audiences: [audienceId],
  })
  if (!value) return { section: null, whole: false }
  const required = items.filter(({ depth }) => depth === 'required')
  const minutes = required.reduce((sum, item) => sum + item.minutes, 0)
  if (whole && minutes > value.maxMinutes) {
    const values = { minutes, max: value.maxMinutes }
    problems.add(placeAt(yaml, ['maxMinutes']), 'track-too-long', values)
  }
  const { outline, minutes: of } = value.meeting
  const parts = outline?.reduce((sum, part) => sum + part.minutes, 0) ?? of
  if (parts !== of) {
    problems.add(placeAt(yaml, ['meeting', 'outline']), 'meeting-outline', { minutes: parts, of })
  }
  return { section: { id, ...value, items }, whole }
}

const readItems = async (
  source: PackageSource,
  yaml: Located,
  section: Section,
): Promise<{ items: OutlineItem[]; whole: boolean }> => {
  const listed = idsAt(yaml, 'items')
  const parent = `${section.kind}/${section.id}`
  const present = checkFolders(source.layers, source.problems, {
    yaml,
    list: 'items',
    file: section.file,
    parent,
    marker: 'item.yaml',
  })
  const items: OutlineItem[] = []
  for (const id of present) {
    const item = await readItem(source, section, id)
    if (item) items.push(item)
  }
  return { items, whole: items.length === listed.length }
}

/** The listed folders that exist. Tells of the others, and of folders in this package that no list names. */
export const checkFolders = (
  layers: Layers,
  problems: Problems,
  list: { yaml: Located; list: string; file: string; parent: string; marker: string },
): string[] => {
  const listed = idsAt(list.yaml, list.list)
  for (const id of ownFolders(layers, list.parent)) {
    if (listed.includes(id)) continue
    const folder = `${list.parent}/${id}`
    const place = { file: ownFile(layers, `${folder}/${list.marker}`), line: 1 }
    problems.add(place, 'folder-unlisted', { folder, list: list.list, file: list.file })
  }
  return [...new Set(listed)].filter((id) => {
    const folder = join(list.parent, id)
    if (layers.some((layer) => existsSync(join(layer.folder, folder)))) return true
    const place = placeAt(list.yaml, [list.list, listed.indexOf(id)])
    problems.add(place, 'folder-missing', { id, folder })
    return false
  })
}

/** The list of items goes from stop to stop and never back. */
const checkTravel = (
  { stops, problems }: PackageSource,
  yaml: Located,
  module: string,
  items: readonly OutlineItem[],
): void => {
  const listed = idsAt(yaml, 'items')
  let furthest = -1
  for (const { path, stop } of items) {
    const at = stop && stops ? stops.indexOf(stop) : -1
    const id = path.slice(module.length + 1)
    if (at < 0) continue
    if (at < furthest)
      problems.add(placeAt(yaml, ['items', listed.indexOf(id)]), 'stop-order', { id })
    furthest = Math.max(furthest, at)
  }
}
