import type { VersionsAsked } from '../../components/fields/answering.ts'
import type { OpenDocument } from '../../state/words.ts'

export interface VersionsProps {
  document: OpenDocument
  asked: VersionsAsked
}
