import { findBaseBeside } from './open-layers.ts'
import type { Problem } from './problem.ts'
import { type PublishedPackage, readPackage } from './read-package.ts'

/**
 * - `published`: this version is stored now, whole.
 * - `unchanged`: the same version with the same hash is stored already.
 * - `version-taken`: the version is stored with another hash. A published version never changes.
 */
export type PublishOutcome = 'published' | 'unchanged' | 'version-taken'

/** Where published packages live: outlines by id and version, texts and media by their sha256. */
export interface ContentStore {
  /**
   * Stores the outline, the texts and the media of one version in one transaction: all of it or nothing.
   * Texts and media that are there already, from any version, are kept as they are.
   */
  publish(pkg: PublishedPackage): Promise<PublishOutcome>
}

/** Reads a package folder, whose bases lie beside it, and publishes it when there is no mistake in it. */
export const publishFolder = async (
  store: ContentStore,
  folder: string,
): Promise<
  | { ok: true; package: PublishedPackage; outcome: PublishOutcome }
  | { ok: false; problems: Problem[] }
> => {
  const read = await readPackage(folder, { findBase: findBaseBeside(folder) })
  if (!read.ok) return { ok: false, problems: read.problems }
  return { ok: true, package: read.package, outcome: await store.publish(read.package) }
}
