import { useMemo } from 'preact/hooks'
import { type Line, makeLine } from '../../../shared/domain/line.ts'
import type { PlainDocument } from '../../../shared/words/plain.ts'
import { isGroupScope } from '../../../shared/words/scope.ts'
import { useServices } from '../../state/services.ts'

/** The line of the signed-in person or group, from what this device knows. */
export const useLine = (): Line => {
  const { me, outline, words, now } = useServices()
  const progress = words.progress.value
  const documents = words.documents.value
  const today = dayOf(new Date(now.value))
  return useMemo(() => {
    const written = documents
      .filter(({ scope }) => scope === me.personScope || isGroupScope(scope))
      .filter(({ plain }) => hasWords(plain))
      .map(({ task }) => task)
    return makeLine({
      outline,
      stops: me.cohort.stops,
      audience: me.audience,
      ...(me.moreAudiences && { moreAudiences: me.moreAudiences }),
      groupOnly: me.role === 'group-tablet',
      progress,
      written: new Set(written),
      today,
    })
  }, [me, outline, progress, documents, today])
}

/** Something is written or chosen. */
export const hasWords = ({ texts, scalars }: PlainDocument): boolean =>
  Object.values(texts).some((text) => text.trim() !== '') ||
  Object.values(scalars).some((value) => value !== null && value !== '')

/** The local calendar day, `yyyy-mm-dd`. */
export const dayOf = (date: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
