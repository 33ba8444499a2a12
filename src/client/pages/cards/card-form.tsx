import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { cardLimits, cardReachSchema, type Publishing } from '../../../shared/domain/card.ts'
import { planItemOf } from '../../../shared/domain/plan.ts'
import { effortsOf } from '../../../shared/words/plan.ts'
import { documentId } from '../../../shared/words/scope.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { useIsHere } from '../../components/use-is-here.ts'
import { local, strings } from '../../i18n/i18n.ts'
import type { Cards } from '../../state/cards.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { beginCard } from './begin-card.ts'
import { CardBody } from './card-body.tsx'
import { failureText } from './own-cards.tsx'

const parts = ['title', 'what', 'gives', 'takes', 'contact'] as const

/** Where a card is written, looked at and published. What is typed lies on the device at every key. */
export const CardForm = ({ cards, id }: { cards: Cards; id: string }) => {
  const { me, outline } = useServices()
  const { route } = useLocation()
  const t = strings('cards')
  const [isLooking, setLooking] = useState(false)
  const [isTried, setTried] = useState(false)
  const isHere = useIsHere()
  const heading = useFocusAfter<HTMLHeadingElement>(isLooking)
  const begun = useBegun(cards, id)
  if (!begun) return <EmptyState drawing="table" title={t('noGroup')} text={t('noGroupText')} />
  const own = cards.own.value[id]
  const card: Publishing = own ?? begun
  const group = me.groups.find(({ scope }) => scope === `g:${card.group}`)
  const write = (change: Partial<Publishing>): void =>
    cards.write(id, { ...publishingOf(card), ...change })
  const wrong = parts.flatMap((part) => {
    const fault = faultOf(part, card[part])
    return fault ? [{ part, fault }] : []
  })
  const publish = async (): Promise<void> => {
    if (!own) cards.write(id, card)
    if ((await cards.publish(id)) && isHere.current) route(links.shared)
  }
  const isWaiting = own?.isWanted ?? false
  const failure = cards.failures.value[id]
  if (isLooking) {
    return (
      <article>
        <p class="hint">{t('preview')}</p>
        <h1 dir="auto" ref={heading} tabIndex={-1}>
          {card.title}
        </h1>
        <p class="meta">
          {[
            group?.name,
            ...outline.modules
              .filter((one) => card.modules.includes(one.id))
              .map((one) => local(one.title)),
          ].join(' · ')}
        </p>
        <CardBody card={card} />
        <div class="note">
          <p>
            <b>{t(card.reach === 'network' ? 'warnNetwork' : 'warnCohort')}</b>
          </p>
          <p>{t('warnNames')}</p>
        </div>
        <div role="status">
          {isWaiting && (
            <p class="state unsent">
              <Icon name="unsent" />
              {t('waits')}
            </p>
          )}
          {isWaiting && failure && <p>{t(failureText[failure])}</p>}
          {isWaiting && failure === 'changed' && <a href={links.card(id)}>{t('seeShared')}</a>}
          {isWaiting && failure === 'signed-out' && <a href={links.signIn}>{t('signIn')}</a>}
        </div>
        <div class="row card-buttons">
          <button type="button" class="btn" onClick={() => void publish()}>
            {t(isWaiting ? 'publishAgain' : 'publish')}
          </button>
          <button type="button" class="btn line" onClick={() => setLooking(false)}>
            {t('editMore')}
          </button>
        </div>
      </article>
    )
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        const [first] = wrong
        if (!first) setLooking(true)
        else event.currentTarget.querySelector<HTMLElement>(`[name=${first.part}]`)?.focus()
      }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {t('write')}
      </h1>
      <p class="hint">{t('writeHint')}</p>
      {me.groups.length > 1 && (
        <label class="card-part">
          <span>{t('group')}</span>
          <select
            class="area one"
            value={card.group}
            onChange={({ currentTarget }) => write({ group: currentTarget.value })}
          >
            {me.groups.map(({ scope, name }) => (
              <option key={scope} value={scope.slice(2)}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {parts.map((part) => (
        <Part
          key={part}
          part={part}
          value={card[part]}
          error={isTried ? wrong.find((one) => one.part === part)?.fault : undefined}
          write={(value) => write({ [part]: value })}
        />
      ))}
      <fieldset class="card-part">
        <legend>{t('modules')}</legend>
        {outline.modules.map((module) => (
          <label key={module.id} class="row">
            <input
              type="checkbox"
              checked={card.modules.includes(module.id)}
              onChange={({ currentTarget: { checked } }) =>
                write({
                  modules: checked
                    ? [...card.modules, module.id]
                    : card.modules.filter((one) => one !== module.id),
                })
              }
            />
            {local(module.title)}
          </label>
        ))}
      </fieldset>
      <fieldset class="card-part">
        <legend>{t('reach')}</legend>
        {cardReachSchema.options.map((reach) => (
          <label key={reach} class="row">
            <input
              type="radio"
              name="reach"
              checked={card.reach === reach}
              onChange={() => write({ reach })}
            />
            {t(`reach_${reach}`)}
          </label>
        ))}
      </fieldset>
      <p class={cards.isKept.value ? 'state small saved' : 'state small bad'}>
        {own && t(cards.isKept.value ? 'kept' : 'notKept')}
      </p>
      <div class="row card-buttons">
        <button type="submit" class="btn">
          {t('look')}
        </button>
        {own && (
          <button
            type="button"
            class="btn line"
            onClick={() => {
              cards.drop(id)
              route(links.shared)
            }}
          >
            {t('drop')}
          </button>
        )}
      </div>
    </form>
  )
}

/** The buttons of the one before are gone: its reader goes on from the heading. */
const useFocusAfter = <Place extends HTMLElement>(change: unknown) => {
  const place = useRef<Place>(null)
  const shown = useRef(change)
  useLayoutEffect(() => {
    if (shown.current === change) return
    shown.current = change
    place.current?.focus()
  }, [change])
  return place
}

const Part = ({
  part,
  value,
  error,
  write,
}: {
  part: (typeof parts)[number]
  value: string
  error: 'tooLong' | 'missing' | undefined
  write(value: string): void
}) => {
  const id = useId()
  const t = strings('cards')
  const isLine = part === 'title' || part === 'contact'
  const common = {
    id,
    name: part,
    dir: 'auto' as const,
    value,
    'aria-describedby': `${id}-hint`,
    'aria-invalid': error !== undefined,
  }
  return (
    <div class="card-part">
      <label for={id}>{t(part)}</label>
      <p class="hint" id={`${id}-hint`}>
        {t(`hint_${part}`)}
        {error && (
          <span class="bad">
            <Icon name="warn" small />
            {t(error, { max: cardLimits[part], length: value.trim().length })}
          </span>
        )}
      </p>
      {isLine ? (
        <input
          class="area one"
          {...common}
          onInput={({ currentTarget }) => write(currentTarget.value)}
        />
      ) : (
        <textarea
          class="area"
          rows={4}
          {...common}
          onInput={({ currentTarget }) => write(currentTarget.value)}
        />
      )}
    </div>
  )
}

const faultOf = (part: (typeof parts)[number], text: string): 'tooLong' | 'missing' | null => {
  const { length } = text.trim()
  if (length > cardLimits[part]) return 'tooLong'
  return length === 0 && (part === 'title' || part === 'what') ? 'missing' : null
}

/** What the form begins with; null for whoever has no group. */
const useBegun = (cards: Cards, id: string): Publishing | null => {
  const { me, outline, words } = useServices()
  const { query } = useLocation()
  const group = me.groups.find(({ scope }) => scope === query.gruppe) ?? me.groups[0]
  if (!group) return null
  const shared = cards.library.value?.cards.find((one) => one.id === id)
  const plan = planItemOf(outline)
  const document = words.documents.value.find(
    (one) => plan !== null && one.id === documentId(group.scope, plan.item.id),
  )
  const effort =
    plan && document && query.tiltak
      ? effortsOf(document.plain, plan.field.id).find(({ row }) => row === query.tiltak)
      : undefined
  return beginCard(
    group.scope.slice(2),
    shared,
    plan && effort ? { field: plan.field, effort } : null,
  )
}

const publishingOf = ({
  title,
  what,
  gives,
  takes,
  contact,
  modules,
  reach,
  group,
}: Publishing): Publishing => ({ title, what, gives, takes, contact, modules, reach, group })
