import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { VersionsAsked } from '../../components/fields/answering.ts'
import { strings } from '../../i18n/i18n.ts'
import type { OpenDocument } from '../../state/words.ts'
import type { VersionsProps } from './versions-props.ts'

/** For an `Answering`: how its fields show what they said before. */
export const versionsOf = (document: OpenDocument) => (asked: VersionsAsked) => (
  <Versions document={document} asked={asked} />
)

/** The dialog of earlier versions, whose code comes when somebody asks for it. */
export const Versions = (props: VersionsProps) => {
  const [Dialog, setDialog] = useState<ComponentType<VersionsProps> | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    import('./versions-dialog.tsx').then(
      ({ VersionsDialog }) => setDialog(() => VersionsDialog),
      () => setFailed(true),
    )
  }, [])
  if (failed) {
    return (
      <p class="hint" role="alert">
        {strings('task')('versionsFailed')}
      </p>
    )
  }
  return Dialog && <Dialog {...props} />
}
