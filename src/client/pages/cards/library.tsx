import { useState } from 'preact/hooks'
import { type CardWish, searchCards } from '../../../shared/domain/card.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import type { Cards } from '../../state/cards.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { CardMeta } from './card-meta.tsx'
import { OwnCards } from './own-cards.tsx'

const sizes = ['S', 'M', 'L'] as const

/** All that is shared with this reader, searched on the device. */
export const Library = ({ cards }: { cards: Cards }) => {
  const { me, outline } = useServices()
  const t = strings('cards')
  const [wish, setWish] = useState<CardWish>({
    ...{ search: '', module: null, size: null, order: 'newest' },
  })
  const [newId] = useState(() => crypto.randomUUID())
  const library = cards.library.value
  const all = library?.cards ?? []
  const found = searchCards(all, wish)
  const change = (part: Partial<CardWish>): void => setWish({ ...wish, ...part })
  return (
    <>
      <h1>{t('shared')}</h1>
      <p class="lede">{t('lede')}</p>
      {me.groups.length > 0 && (
        <p>
          <a class="btn" href={links.writeCard(newId)}>
            <Icon name="plus" />
            {t('write')}
          </a>
        </p>
      )}
      <OwnCards cards={cards} />
      {all.length === 0 ? (
        <EmptyState
          drawing="table"
          title={t(library ? 'empty' : 'never')}
          text={t(library ? 'emptyText' : 'neverText')}
        />
      ) : (
        <>
          <search class="card-tools">
            <label class="card-search">
              <span>{t('search')}</span>
              <input
                type="search"
                class="area one"
                value={wish.search}
                onInput={({ currentTarget: { value } }) =>
                  change({ search: value, order: value === '' ? 'newest' : 'relevance' })
                }
              />
            </label>
            <Choice
              label={t('module')}
              value={wish.module ?? ''}
              options={[
                ['', t('allModules')],
                ...outline.modules.map(({ id, title }) => [id, local(title)] as const),
              ]}
              choose={(module) => change({ module: module || null })}
            />
            <Choice
              label={t('size')}
              value={wish.size ?? ''}
              options={[
                ['', t('allSizes')],
                ...sizes.map((size) => [size, t(`size_${size}`)] as const),
              ]}
              choose={(size) => change({ size: size || null })}
            />
            <Choice
              label={t('order')}
              value={wish.order}
              options={[
                ['newest', t('order_newest')],
                ['relevance', t('order_relevance')],
              ]}
              choose={(order) => change({ order: order as CardWish['order'] })}
            />
          </search>
          <p class="hint" role="status">
            {t('found', { count: found.length })}
            {library && ` ${t('asOf', { when: formatMoment(library.at) })}`}
          </p>
          {found.length === 0 && <p>{t('nothingFound')}</p>}
          <ul class="card-list">
            {found.map((card) => (
              <li key={card.id}>
                <a href={links.card(card.id)}>
                  <b dir="auto">{card.title}</b>
                  <CardMeta card={card} />
                  <span class="card-start" dir="auto">
                    {card.what}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const Choice = ({
  label,
  value,
  options,
  choose,
}: {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  choose(value: string): void
}) => (
  <label>
    <span>{label}</span>
    <select
      class="area one"
      value={value}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  </label>
)
