import type { Card } from '../../../shared/domain/card.ts'
import { strings } from '../../i18n/i18n.ts'

const parts = ['what', 'gives', 'takes', 'contact'] as const

/** What stands on a card, as all its readers see it. */
export const CardBody = ({ card }: { card: Card }) => {
  const t = strings('cards')
  return (
    <dl class="card-body">
      {parts
        .filter((part) => card[part].trim() !== '')
        .map((part) => (
          <div key={part}>
            <dt>{t(part)}</dt>
            <dd class="written" dir="auto">
              {card[part]}
            </dd>
          </div>
        ))}
    </dl>
  )
}
