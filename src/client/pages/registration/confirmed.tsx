import { useEffect, useRef } from 'preact/hooks'
import type { Registrant, Registration } from '../../../shared/domain/registration.ts'
import { strings } from '../../i18n/i18n.ts'
import { splitRegistered } from './rows.ts'

/** What became of those who were sent, and what happens next. */
export const Confirmed = ({
  registration,
  seats,
  network,
  more,
}: {
  registration: Registration
  seats: number
  network: string
  more(): void
}) => {
  const t = strings('registration')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { seated, waiting } = splitRegistered(registration, seats)
  return (
    <section class="registration-done">
      <h2 ref={heading} tabIndex={-1}>
        {t('received')}
      </h2>
      <People title={t('gotSeat')} people={seated} />
      <People title={t('onWaitingList')} people={waiting} />
      {waiting.length > 0 && <p class="note">{t('waitingText')}</p>}
      <h3>{t('next')}</h3>
      <p>{t('nextText', { network })}</p>
      <p class="mute">{t('knownText')}</p>
      <button type="button" class="btn line" onClick={more}>
        {t('registerMore')}
      </button>
    </section>
  )
}

const People = ({ title, people }: { title: string; people: readonly Registrant[] }) =>
  people.length === 0 ? null : (
    <>
      <h3>
        {title} <span class="num">({people.length})</span>
      </h3>
      <ul>
        {people.map(({ name, email }) => (
          <li key={email}>
            <b>{name}</b> <span class="meta">{email}</span>
          </li>
        ))}
      </ul>
    </>
  )
