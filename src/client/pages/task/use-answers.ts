import { useState } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import {
  type BlockLabel,
  blockLabelKey,
  blockLabelOf,
  encodeBlockLabel,
} from '../../../shared/words/blocks.ts'
import { documentId } from '../../../shared/words/scope.ts'
import type { Answering } from '../../components/fields/answering.ts'
import { asWriterRole, type WriterRole } from '../../components/fields/writer-roles.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { OpenDocument } from '../../state/words.ts'
import { useDocument } from '../item/use-document.ts'
import { versionsOf } from '../versions/versions.tsx'
import { useGroup } from './use-group.ts'

/** Where the answers to an item go. */
export interface Answers {
  status: 'opening' | 'ready' | 'failed'
  retry(): void
  /** Null on a group's tablet, and when nothing of the item is the person's own. */
  personal: Answering | null
  /** Null without a group, and when nothing of the item is the group's. */
  group: Answering | null
  /** A tablet that several write on; null elsewhere. */
  writer: { role: WriterRole | null; choose(role: WriterRole | null): void } | null
}

/** Opens the person's and the group's document of an item, as far as it has fields for them. */
export const useAnswers = (item: OutlineItem, withNote: boolean): Answers => {
  const services = useServices()
  const { me, words, now } = services
  const isShared = me.role === 'group-tablet'
  const [role, setRole] = useState(() => (isShared ? asWriterRole(services.writer.role()) : null))
  const needsOwn = withNote || item.fields.some(({ sees }) => sees !== 'group')
  const needsGroup = item.fields.some(({ sees }) => sees === 'group')
  const { group } = useGroup(item)
  const own = useDocument(
    needsOwn && me.personScope !== null ? documentId(me.personScope, item.id) : null,
  )
  const shared = useDocument(needsGroup && group ? documentId(group.scope, item.id) : null)
  const writerName = role === null ? me.name : strings('task')(`writer_${role}`)
  const opened = [own, shared]
  // The server has nothing earlier of what nobody has written in.
  const earlier = (document: OpenDocument): Answering['versions'] =>
    words.documents.value.some(({ id }) => id === document.id) ? versionsOf(document) : null

  return {
    status: opened.some(({ kind }) => kind === 'failed')
      ? 'failed'
      : opened.some(({ kind }) => kind === 'opening')
        ? 'opening'
        : 'ready',
    retry: () => {
      for (const one of opened) if (one.kind === 'failed') one.retry()
    },
    personal:
      own.kind === 'open'
        ? {
            document: own.document,
            block: undefined,
            writer: { label: me.name, role: null },
            isOfThisDevice: () => true,
            upToDate: true,
            beforeWrite: () => undefined,
            versions: earlier(own.document),
          }
        : null,
    group:
      shared.kind === 'open'
        ? groupAnswering(shared.document, {
            device: words.device,
            label: { label: writerName, role },
            upToDate: words.pending.value.connection === 'online',
            now: () => now.peek(),
            versions: earlier(shared.document),
          })
        : null,
    writer: isShared
      ? {
          role,
          choose: (next) => {
            services.writer.choose(next)
            setRole(next)
          },
        }
      : null,
  }
}

const groupAnswering = (
  document: OpenDocument,
  {
    device,
    label,
    upToDate,
    now,
    versions,
  }: {
    device: string
    label: Pick<BlockLabel, 'label' | 'role'>
    upToDate: boolean
    now(): number
    versions: Answering['versions']
  },
): Answering => {
  // The device's id is random, so each (device, writer) has a block of its own, and has it again tomorrow.
  const block = label.role === null ? device : `${device}-${label.role}`
  return {
    document,
    block,
    writer: label,
    isOfThisDevice: (other) => other === device || other.startsWith(`${device}-`),
    upToDate,
    versions,
    beforeWrite: () => {
      const before = blockLabelOf(document.plain.peek(), block)
      if (before?.label === label.label && before.role === label.role) return
      document.setScalar(
        blockLabelKey(block),
        encodeBlockLabel({ ...label, at: before?.at ?? now() }),
      )
    },
  }
}
