import { useEffect } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { documentId } from '../../../shared/words/scope.ts'
import type { Answering } from '../../components/fields/answering.ts'
import type { Writer } from '../../components/fields/seal.tsx'
import { useServices } from '../../state/services.ts'
import { useGroup } from './use-group.ts'

/** Tells the group who is in its sheet here, and who is in it on other devices. */
export const usePresence = (item: OutlineItem, answering: Answering | null): Writer[] => {
  const { presence } = useServices()
  const scope = useGroup(item).group?.scope ?? ''
  const document = answering ? documentId(scope, item.id) : null
  const { label = '', role = null } = answering?.writer ?? {}
  useEffect(
    () => (document === null ? undefined : presence.enter(document, { label, role })),
    [presence, document, label, role],
  )
  return (presence.present.value[scope] ?? []).filter(({ doc }) => doc === document)
}
