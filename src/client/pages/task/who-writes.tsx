import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Seal, writerName } from '../../components/fields/seal.tsx'
import { writerRoles } from '../../components/fields/writer-roles.ts'
import { Icon } from '../../components/icon.tsx'
import { WhoIsHere } from '../../components/who-is-here.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { Answers } from './use-answers.ts'
import { useGroup } from './use-group.ts'
import { usePresence } from './use-presence.ts'

/** Who writes at a shared tablet, and who sees it. */
export const WhoWrites = ({ item, answers }: { item: OutlineItem; answers: Answers }) => {
  const { me } = useServices()
  const t = strings('task')
  const { writer } = answers
  const { group } = useGroup(item)
  const others = usePresence(item, answers.group)
  return (
    <section class="who-writes" aria-labelledby="who-writes">
      <h2 id="who-writes" class="h-s">
        {t('whoWrites')}
      </h2>
      {writer ? (
        <>
          <p class="hint">{t('whoWritesHint')}</p>
          <ul class="roles">
            {([null, ...writerRoles] as const).map((role) => {
              const name = role === null ? me.name : t(`writer_${role}`)
              const chosen = writer.role === role
              return (
                <li key={role}>
                  <button type="button" aria-pressed={chosen} onClick={() => writer.choose(role)}>
                    {chosen && <Seal writer={{ label: name, role }} index={1} />}
                    <span>{name}</span>
                    <span class="gap" />
                    {chosen && <Icon name="sent" />}
                  </button>
                </li>
              )
            })}
          </ul>
        </>
      ) : (
        <p class="hint">{t('youWriteAs', { name: me.name })}</p>
      )}
      <WhoIsHere writers={others} ownName={writerName(answers.group?.writer ?? null)} />
      {group && (
        <p class="hint privacy">
          <Icon name="group" />
          <span>{t('groupSees', { group: group.name })}</span>
        </p>
      )}
    </section>
  )
}
