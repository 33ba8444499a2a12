import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { planItemOf } from '../../../shared/domain/plan.ts'
import { groupScope } from '../../../shared/words/scope.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useIsHere } from '../../components/use-is-here.ts'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { strings } from '../../i18n/i18n.ts'
import type { CardFailure, Cards } from '../../state/cards.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { CardBody } from './card-body.tsx'
import { CardMeta } from './card-meta.tsx'
import { failureText } from './own-cards.tsx'

/** One card: whoever has a group takes it into their plan, whoever may changes or withdraws it. */
export const CardView = ({ cards, id }: { cards: Cards; id: string }) => {
  const { me, outline } = useServices()
  const { route } = useLocation()
  const t = strings('cards')
  const box = useKeptFocus<HTMLElement>()
  const isHere = useIsHere()
  const [asks, setAsks] = useState(false)
  const [failure, setFailure] = useState<CardFailure | null>(null)
  const card = cards.library.value?.cards.find((one) => one.id === id)
  if (!card) {
    return (
      <EmptyState drawing="table" title={t('gone')} text={t('goneText')}>
        <a class="btn line" href={links.shared}>
          {t('shared')}
        </a>
      </EmptyState>
    )
  }
  const isOwn = me.groups.some(({ scope }) => scope === groupScope(card.group.id))
  const hasPlan = planItemOf(outline) && me.groups.some(({ kind }) => kind !== 'service-area')
  const withdraw = async (): Promise<void> => {
    const failed = await cards.withdraw(id)
    setFailure(failed)
    if (failed === null && isHere.current) route(links.shared)
  }
  return (
    <article ref={box} tabIndex={-1}>
      <h1 dir="auto">{card.title}</h1>
      <p>
        <CardMeta card={card} />
      </p>
      <CardBody card={card} />
      <div class="row card-buttons">
        {hasPlan && !isOwn && (
          <a class="btn" href={`${links.plan}?kort=${id}`}>
            {t('use')}
          </a>
        )}
        {isOwn && (
          <a class="btn line" href={links.writeCard(id)}>
            {t('edit')}
          </a>
        )}
        {card.mayWithdraw && !asks && (
          <button type="button" class="btn line" onClick={() => setAsks(true)}>
            {t('withdraw')}
          </button>
        )}
      </div>
      {asks && (
        <div class="note" tabIndex={-1} data-first>
          <p>{t('withdrawAsk')}</p>
          <div class="row">
            <button type="button" class="btn line" onClick={() => void withdraw()}>
              {t('withdrawYes')}
            </button>
            <button type="button" class="btn line" onClick={() => setAsks(false)}>
              {t('withdrawNo')}
            </button>
          </div>
        </div>
      )}
      <div role="status">
        {failure && (
          <p class="state small bad">
            {t(failure === 'offline' ? 'withdrawOffline' : failureText[failure])}
          </p>
        )}
      </div>
    </article>
  )
}
