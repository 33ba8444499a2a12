import { type BlockLabel, isErasedLabel } from '../../../shared/words/blocks.ts'
import { strings } from '../../i18n/i18n.ts'
import { initialsOf } from './initials.ts'
import { asWriterRole, type WriterRole } from './writer-roles.ts'

export type Writer = Pick<BlockLabel, 'label' | 'role'>

/** A writer's mark. Shape and rule differ from one to the next, not only the colour. */
export const Seal = ({ writer, index }: { writer: Writer | null; index: number }) => {
  const role = roleOf(writer)
  const t = strings('task')
  return (
    <span class={index % 2 === 0 ? 'seal s1' : 'seal s2'} aria-hidden="true">
      {role ? t(`initials_${role}`) : initialsOf(writer?.label ?? '?')}
    </span>
  )
}

/** A writer's name as the reader's language has it; a role is stored by its id, and of who is erased nothing but that. */
export const writerName = (writer: Writer | null): string => {
  const role = roleOf(writer)
  const t = strings('task')
  return role ? t(`writer_${role}`) : (writer?.label ?? t('somebody'))
}

const roleOf = (writer: Writer | null): WriterRole | 'former' | null =>
  asWriterRole(writer?.role) ?? (isErasedLabel(writer?.label ?? '') ? 'former' : null)

/** The rule beside a writer's block, in the seal's colour. */
export const blockClass = (index: number): string => (index % 2 === 0 ? 'block b1' : 'block b2')
