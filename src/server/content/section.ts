/** The module or track that an item lies in. */
export interface Section {
  kind: 'modules' | 'tracks'
  id: string
  /** Its module.yaml or track.yaml. */
  file: string
  stopByPhase: ReadonlyMap<string, string>
  /** Who meets an item that names nobody. */
  audiences: readonly string[]
}
