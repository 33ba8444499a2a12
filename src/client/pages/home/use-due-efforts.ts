import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { isGroupScope } from '../../../shared/words/scope.ts'
import { loadLaterStrings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

/** What reminds of deadlines, once there are any; home carries none of its code before. */
export const useDueEfforts = (): ComponentType | null => {
  const { words } = useServices()
  const [Shown, setShown] = useState<ComponentType | null>(null)
  const isAny = words.documents.value.some(
    ({ scope, plain }) =>
      isGroupScope(scope) && Object.keys(plain.scalars).some((key) => key.endsWith('/deadline')),
  )
  useEffect(() => {
    if (!isAny) return
    Promise.all([import('../plan/due-efforts.tsx'), loadLaterStrings()]).then(
      ([{ DueEfforts }]) => setShown(() => DueEfforts),
      () => undefined, // no network: without a reminder
    )
  }, [isAny])
  return Shown
}
