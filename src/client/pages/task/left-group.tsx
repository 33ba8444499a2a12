import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { partsOfRoot } from '../../../shared/words/roots.ts'
import { isGroupScope } from '../../../shared/words/scope.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { StoredDocument } from '../../state/words.ts'
import { links } from '../links.ts'
import { useGroup } from './use-group.ts'

/** For who was in the group and is not any more: where the words are. */
export const LeftGroup = ({ item }: { item: OutlineItem }) => {
  const { me, words } = useServices()
  const t = strings('task')
  const groups = me.groups.map(({ scope }) => scope)
  const { group } = useGroup(item)
  const isLeft = group !== undefined && words.left.value.includes(group.scope)
  if (!isLeft && !hasLeft(words.documents.value, groups)) return null
  return (
    <div class="note left-group" role="status">
      <div class="row">
        <Icon name="group" />
        <div>
          <p class="note-h">{t('leftGroup')}</p>
          <p class="s2">{t('leftGroupText')}</p>
          <a class="btn line small" href={links.notes}>
            {t('toMyNotes')}
          </a>
        </div>
      </div>
    </div>
  )
}

/** Words of a group lie here, and this person has no group. */
export const hasLeft = (
  documents: readonly Pick<StoredDocument, 'scope' | 'plain'>[],
  groups: readonly string[],
): boolean =>
  groups.length === 0 &&
  documents.some(
    ({ scope, plain }) =>
      isGroupScope(scope) ||
      Object.keys(plain.texts).some((root) => (partsOfRoot(root)?.block ?? null) !== null),
  )
