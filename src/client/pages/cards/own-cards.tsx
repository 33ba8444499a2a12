import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import type { CardFailure, Cards } from '../../state/cards.ts'
import { links } from '../links.ts'

export const failureText = {
  offline: 'offline',
  'signed-out': 'signedOut',
  later: 'later',
  full: 'full',
  changed: 'changed',
  refused: 'refused',
} as const satisfies Record<CardFailure, string>

/** What is begun, or waits on this device to be published. */
export const OwnCards = ({ cards }: { cards: Cards }) => {
  const t = strings('cards')
  const own = Object.values(cards.own.value)
  if (own.length === 0) return null
  return (
    <section class="part">
      <h2 class="h-s">{t('onDevice')}</h2>
      <ul class="card-list">
        {own.map(({ id, title, isWanted }) => {
          const failure = cards.failures.value[id]
          return (
            <li key={id}>
              <a href={links.writeCard(id)}>
                <b dir="auto">{title || t('untitled')}</b>
                <span class={isWanted ? 'state small unsent' : 'state small saved'}>
                  <Icon name={isWanted ? 'unsent' : 'kept'} />
                  {t(isWanted ? 'waits' : 'draft')}
                </span>
                {isWanted && failure && <span class="hint">{t(failureText[failure])}</span>}
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
