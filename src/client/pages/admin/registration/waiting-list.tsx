import { useState } from 'preact/hooks'
import type { CohortRegistration } from '../../../../shared/domain/registration.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { formatDate } from '../../../i18n/format.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { links } from '../../links.ts'
import { sayFailure } from '../failure.tsx'

type Waiting = CohortRegistration['waiting'][number]

/** Who waits for a seat, in order. */
export const WaitingList = ({
  all,
  again,
}: {
  all: CohortRegistration
  again(): Promise<void>
}) => {
  const t = strings('adminRegistration')
  const ask = useAsk()
  const [told, setTold] = useState('')
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const hasRoom = all.taken < all.capacity
  const act = async (person: Waiting, does: 'admit' | 'remove'): Promise<void> => {
    setTold('')
    const asked =
      does === 'admit'
        ? await ask(paths.admission(person.id), { method: 'POST' })
        : await ask(paths.waitingPerson(person.id), { method: 'DELETE' })
    setFailed(asked.ok ? null : asked)
    // Whoever is not there any more was taken in, or off, by somebody else.
    if (asked.ok || asked.error === 'not-found') await again()
    if (asked.ok) setTold(t(does === 'admit' ? 'admitted' : 'removed', { name: person.name }))
  }
  return (
    <section class="group-part">
      <h2>{t('waitingList')}</h2>
      <div role="status">{told && <p class="state sent">{told}</p>}</div>
      {failed?.ok === false && (
        <p class="note err" role="alert">
          {failed.error === 'over-capacity' ? t('full') : sayFailure(failed)}
        </p>
      )}
      {all.waiting.length === 0 ? (
        <p class="mute">{t('nobodyWaits')}</p>
      ) : (
        !hasRoom && (
          <p class="note">
            {t('full')} <a href={links.cohort(all.cohort.id)}>{t('raise')}</a>
          </p>
        )
      )}
      <ol class="waiting-list">
        {all.waiting.map((person, index) => (
          <WaitingRow
            key={person.id}
            person={person}
            number={index + 1}
            all={all}
            hasRoom={hasRoom}
            act={act}
          />
        ))}
      </ol>
    </section>
  )
}

const WaitingRow = ({
  person,
  number,
  all,
  hasRoom,
  act,
}: {
  person: Waiting
  number: number
  all: CohortRegistration
  hasRoom: boolean
  act(person: Waiting, does: 'admit' | 'remove'): Promise<void>
}) => {
  const t = strings('adminRegistration')
  const areas = strings('serviceAreas')
  const [removes, setRemoves] = useState(false)
  const audience = all.audiences.find(({ id }) => id === person.audience)
  const { name } = person
  return (
    <li>
      <span class="num">{number}.</span>
      <div>
        <b>{name}</b>
        <span class="meta">
          {[
            person.municipality,
            audience && local(audience.title),
            person.serviceArea && areas(person.serviceArea),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        <span class="meta">
          {person.email}, {t('since', { day: formatDate(new Date(person.askedAt), new Date()) })}
        </span>
      </div>
      {removes ? (
        <div class="row">
          <button type="button" class="btn small" onClick={() => void act(person, 'remove')}>
            {t('removeYes', { name })}
          </button>
          <button type="button" class="btn line small" onClick={() => setRemoves(false)}>
            {strings('admin')('cancel')}
          </button>
        </div>
      ) : (
        <div class="row">
          {hasRoom && (
            <button
              type="button"
              class="btn small"
              aria-label={t('admitWhom', { name })}
              onClick={() => void act(person, 'admit')}
            >
              {t('admit')}
            </button>
          )}
          <button
            type="button"
            class="txt-btn"
            aria-label={t('removeWhom', { name })}
            onClick={() => setRemoves(true)}
          >
            {t('remove')}
          </button>
        </div>
      )}
    </li>
  )
}
