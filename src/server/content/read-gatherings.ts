import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gatheringFileSchema } from '../../shared/domain/gathering-file.ts'
import { languages } from '../../shared/domain/languages.ts'
import type { OutlineActivity, OutlineGathering } from '../../shared/domain/outline.ts'
import { filesIn, ownFile, ownFolders } from './layers.ts'
import { childOf, idOf, idsAt, type Located, placeAt } from './located.ts'
import type { PackageSource } from './package-source.ts'
import { readGuide } from './read-text.ts'
import { readYaml } from './read-yaml.ts'

/** The paths of all items; null when some are left out for a mistake: then nothing is said of references to them. */
type KnownItems = ReadonlySet<string> | null

/** What is done at each gathering, in the order of the stops; none where a package writes down nothing. */
export const readGatherings = async (
  source: PackageSource,
  programme: Located,
  items: KnownItems,
): Promise<OutlineGathering[]> => {
  const { layers, problems, stops } = source
  if (!stops) return []
  const named = filesIn(layers, 'gatherings').filter((name) => name.endsWith('.yaml'))
  const written = new Set(named.map((name) => name.slice(0, -'.yaml'.length)))

  // A base package may write of a stop that this one has removed. This one's own files are for stops that there are.
  for (const id of written) {
    const file = ownFile(layers, `gatherings/${id}.yaml`)
    if (stops.includes(id) || !existsSync(file)) continue
    problems.add({ file, line: 1 }, 'id-unknown', { id, kind: 'stops', file: 'programme.yaml' })
  }
  for (const id of ownFolders(layers, 'gatherings')) {
    if (written.has(id)) continue
    problems.add({ file: ownFile(layers, `gatherings/${id}.yaml`), line: 1 }, 'file-missing')
  }
  const gatherings: OutlineGathering[] = []
  for (const [at, stop] of stops.entries()) {
    if (!written.has(stop)) continue
    const node = childOf(childOf(programme, 'stops') ?? programme, at)
    gatherings.push({ stop, activities: await readActivities(source, stop, node, items) })
  }
  return gatherings
}

const readActivities = async (
  source: PackageSource,
  stop: string,
  stopNode: Located | undefined,
  items: KnownItems,
): Promise<OutlineActivity[]> => {
  const { layers, problems } = source
  const path = `gatherings/${stop}.yaml`
  const { source: yaml, value } = await readYaml(layers, path, gatheringFileSchema, problems)
  if (!yaml) return []
  if (stopNode && childOf(stopNode, 'kind')?.value === 'own') {
    problems.add(yaml.place, 'gathering-own', { id: stop })
  }
  checkGuides(source, stop, yaml)
  const list = childOf(yaml, 'activities')
  for (const node of Array.isArray(list?.value) ? list.value : []) checkItem(source, node, items)

  const guides = new Map<string, OutlineActivity['guide']>()
  for (const id of idsAt(yaml, 'activities')) {
    const hashes = await readGuide(source, (language) => guidePath(stop, id, language))
    guides.set(id, hashes)
  }
  const most = stopNode && childOf(stopNode, 'minutes')?.value
  const minutes = value?.activities.reduce((sum, one) => sum + one.minutes, 0) ?? 0
  if (typeof most === 'number' && minutes > most) {
    problems.add(placeAt(yaml, ['activities']), 'gathering-too-long', { minutes, of: most })
  }
  return (value?.activities ?? []).flatMap((activity) => {
    const guide = guides.get(activity.id)
    return guide ? [{ ...activity, guide }] : []
  })
}

const guidePath = (stop: string, activity: string, language: string): string =>
  join('gatherings', stop, `${activity}.${language}.md`)

/** Guides in this package that no activity has: misspelt, or forgotten when the activity went. */
const checkGuides = ({ layers, problems }: PackageSource, stop: string, yaml: Located): void => {
  const activities = idsAt(yaml, 'activities')
  const wanted = activities.flatMap((id) => languages.map((one) => guidePath(stop, id, one)))
  for (const name of filesIn(layers, join('gatherings', stop))) {
    const path = join('gatherings', stop, name)
    const file = ownFile(layers, path)
    if (wanted.includes(path) || !existsSync(file)) continue
    problems.add({ file, line: 1 }, 'guide-unlisted', { name, file: `gatherings/${stop}.yaml` })
  }
}

const checkItem = ({ problems }: PackageSource, activity: Located, items: KnownItems): void => {
  const node = childOf(activity, 'item')
  if (!items || typeof node?.value !== 'string' || items.has(node.value)) return
  problems.add(node.place, 'activity-item', { id: idOf(activity) ?? '', item: node.value })
}
