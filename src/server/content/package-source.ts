import type { Manifest } from '../../shared/media/manifest.ts'
import type { Layers } from './layers.ts'
import type { TextSources } from './markdown.ts'
import type { Problems } from './problem.ts'

/** What is known of a package while its modules and tracks are read. A null set: the file was unreadable, check nothing. */
export interface PackageSource {
  layers: Layers
  problems: Problems
  abilities: ReadonlySet<string> | null
  audiences: ReadonlySet<string> | null
  /** In the order of travel. */
  stops: readonly string[] | null
  trackByAudience: Map<string, string>
  textSources: TextSources
  /** Filled as items are read, by hash. */
  texts: Map<string, string>
  media: Map<string, MediaContent>
}

export interface MediaContent {
  /** Absolute path of the file in the package. */
  path: string
  manifest: Manifest
}
