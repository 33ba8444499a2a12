import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type AudienceBudget, countBudget } from '../../shared/domain/budget.ts'
import type { Outline } from '../../shared/domain/outline.ts'
import {
  frameworkFileSchema,
  type ProgrammeFile,
  programmeFileSchema,
} from '../../shared/domain/programme.ts'
import { checkBudget, checkFramework, checkProgramme } from './check-package.ts'
import { canonicalJson, sha256 } from './fingerprint.ts'
import { filesIn, findFile, type Layers } from './layers.ts'
import { idsAt, type Located } from './located.ts'
import { type FindBase, openLayers } from './open-layers.ts'
import type { MediaContent, PackageSource } from './package-source.ts'
import { collectProblems, type Problem, type Problems } from './problem.ts'
import { readGatherings } from './read-gatherings.ts'
import { checkFolders, readModule, readTrack } from './read-section.ts'
import { readYaml } from './read-yaml.ts'
import { readSvg } from './svg.ts'

/** Everything of one version of a programme, addressed by content: the same folder gives the same hashes. */
export interface PublishedPackage {
  outline: Outline
  /** The outline as canonical JSON, and its sha256. */
  outlineJson: string
  hash: string
  /** `ItemText` as canonical JSON, by its sha256. */
  texts: Map<string, string>
  /** Films and sound by sha256. */
  media: Map<string, MediaContent>
  budget: BudgetReport
}

export interface BudgetReport {
  audiences: AudienceBudget[]
  /** Hours that the programme promises. */
  promises: ProgrammeFile['budget']
  outline: Pick<Outline, 'audiences' | 'stops' | 'modules' | 'tracks'>
}

export type ReadPackage =
  | { ok: true; package: PublishedPackage }
  /** `budget`: counted as far as the package could be read, for the editor. */
  | { ok: false; problems: Problem[]; budget: BudgetReport | null }

/** Reads and checks a package folder. All mistakes are told; with one of them, nothing is imported. */
export const readPackage = async (
  packageFolder: string,
  { findBase }: { findBase: FindBase },
): Promise<ReadPackage> => {
  const folder = resolve(packageFolder)
  const problems = collectProblems(folder)
  const layers = await openLayers(folder, findBase, problems)
  if (!layers) return { ok: false, problems: problems.sorted(), budget: null }

  // 1. The frame: what modules and items refer to.
  const programme = await readYaml(layers, 'programme.yaml', programmeFileSchema, problems)
  const framework = await readYaml(layers, 'framework.yaml', frameworkFileSchema, problems)
  if (programme.source) checkProgramme(programme.source, problems)
  if (framework.source) checkFramework(framework.source, problems)
  const source: PackageSource = {
    layers,
    problems,
    abilities: idSet(framework.source, 'abilities'),
    audiences: idSet(programme.source, 'audiences'),
    stops: programme.source && idsAt(programme.source, 'stops'),
    trackByAudience: new Map(),
    textSources: {
      svgByDrawing: await readDrawings(layers, problems),
      terms: idSet(framework.source, 'glossary'),
      glossaryFile: 'framework.yaml',
    },
    texts: new Map(),
    media: new Map(),
  }

  // 2. Tracks first: a module has to know which audiences have one.
  const tracks = []
  const modules = []
  for (const id of sectionIds(source, programme.source, 'tracks', 'track.yaml')) {
    tracks.push(await readTrack(source, id))
  }
  for (const id of sectionIds(source, programme.source, 'modules', 'module.yaml')) {
    modules.push(await readModule(source, id))
  }
  if (!programme.value || !programme.source) {
    return { ok: false, problems: problems.sorted(), budget: null }
  }

  // 3. What is done at the gatherings, which opens items.
  const isWhole = [...modules, ...tracks].every(({ whole }) => whole)
  const items = modules.flatMap(({ section }) => section?.items ?? []).map(({ path }) => path)
  const gatherings = await readGatherings(source, programme.source, isWhole ? new Set(items) : null)

  // 4. The budget, unless something is left out of it.
  const { id, version, title, summary, audiences, stops, certificate } = programme.value
  const { budget: promises } = programme.value
  const parts = {
    audiences,
    stops,
    modules: modules.flatMap(({ section }) => section ?? []),
    tracks: tracks.flatMap(({ section }) => section ?? []),
  }
  const budget = { audiences: countBudget(parts), promises, outline: parts }
  if (isWhole) {
    checkBudget(programme.source, programme.value, budget.audiences, problems)
  }

  const found = problems.sorted()
  if (found.length > 0 || !framework.value) return { ok: false, problems: found, budget }
  const outline: Outline = {
    ...{ id, version, title, summary, ...parts, framework: framework.value },
    ...(gatherings.length > 0 && { gatherings }),
    ...(certificate && { certificate }),
  }
  const outlineJson = canonicalJson(outline)
  const { texts, media } = source
  const hash = sha256(outlineJson)
  return { ok: true, package: { outline, outlineJson, hash, texts, media, budget } }
}

const idSet = (yaml: Located | null, key: string): Set<string> | null =>
  yaml && new Set(idsAt(yaml, key))

const sectionIds = (
  { layers, problems }: PackageSource,
  yaml: Located | null,
  list: 'modules' | 'tracks',
  marker: string,
): string[] =>
  yaml
    ? checkFolders(layers, problems, { yaml, list, file: 'programme.yaml', parent: list, marker })
    : []

/** Checked drawings by name. One that is refused stands as an empty string: its file has been told of. */
const readDrawings = async (layers: Layers, problems: Problems): Promise<Map<string, string>> => {
  const svgByDrawing = new Map<string, string>()
  for (const name of filesIn(layers, 'drawings')) {
    const file = findFile(layers, `drawings/${name}`)
    if (!file || !name.endsWith('.svg')) continue
    const svg = readSvg(file, await readFile(file, 'utf8'), problems)
    svgByDrawing.set(name.slice(0, -'.svg'.length), svg ?? '')
  }
  return svgByDrawing
}
