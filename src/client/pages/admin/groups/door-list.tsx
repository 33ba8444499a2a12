import type { GroupMember } from '../../../../shared/domain/working-group.ts'
import { compareText } from '../../../i18n/format.ts'
import type { Draft } from './draft.ts'

/** What hangs on the door: who sits in which group, and where they come from. On paper alone. */
export const DoorList = ({
  title,
  when,
  draft,
  everybody,
}: {
  title: string
  when: string | null
  draft: Draft
  everybody: readonly GroupMember[]
}) => (
  <div class="door-list" aria-hidden="true">
    <h1>{title}</h1>
    {when && <p>{when}</p>}
    <div>
      {draft
        .filter((group) => group.people.length > 0)
        .map((group) => (
          <section key={group.key}>
            <h2>{group.name}</h2>
            <ul>
              {everybody
                .filter(({ id }) => group.people.includes(id))
                .toSorted((a, b) => compareText(a.name, b.name))
                .map(({ id, name, municipality }) => (
                  <li key={id}>
                    <b>{name}</b>
                    {municipality && <span>{municipality.name}</span>}
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </div>
  </div>
)
