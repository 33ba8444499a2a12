import type { Field } from '../../shared/domain/field.ts'
import { mostChosen } from '../../shared/domain/most-chosen.ts'
import type { ToldVote } from '../../shared/domain/vote-answer.ts'
import { local, strings } from '../i18n/i18n.ts'
import { optionLabel } from './fields/option-label.ts'
import { Icon } from './icon.tsx'

export interface ToldField {
  field: Field
  told: ToldVote | null
}

/** What is told of a vote's fields, as pictures: two scales that are alike stand beside each other. */
export const VotePictures = ({ fields }: { fields: readonly ToldField[] }) => {
  const [first, second] = fields
  const isPair =
    first?.field.kind === 'scale' &&
    second?.field.kind === 'scale' &&
    JSON.stringify(first.field.scale) === JSON.stringify(second.field.scale)
  const rest = isPair ? fields.slice(2) : fields
  return (
    <>
      {isPair && first && second && (
        <div class="vote-pair">
          <Picture {...first} />
          <Picture {...second} />
          <Gap from={first} to={second} />
        </div>
      )}
      {rest.map((one) => (
        <Picture key={one.field.id} {...one} />
      ))}
    </>
  )
}

const Picture = ({ field, told }: ToldField) => {
  const t = strings('vote')
  return (
    <section class={`vote-picture is-${field.kind}`}>
      <h3>{local(field.label)}</h3>
      {told === null ? (
        <p class="few">
          <Icon name="lock" small />
          {t('tooFew')}
        </p>
      ) : (
        <>
          {told.kind === 'counts' && <Counts field={field} told={told} />}
          {told.kind === 'ranking' && <Ranking field={field} told={told} />}
          {told.kind === 'words' && <Cloud told={told} />}
          <p class="mute s2">{t('persons', { count: told.persons })}</p>
        </>
      )}
    </section>
  )
}

const Counts = ({ field, told }: { field: Field; told: ToldVote & { kind: 'counts' } }) => {
  const most = Math.max(1, ...told.counts.map(({ count }) => count))
  const t = strings('vote')
  return (
    <ul class="vote-bars">
      {told.counts.map(({ id, count, bound }) => (
        <li key={id}>
          <span class="vote-label">{optionLabel(field, id)}</span>
          <span class="vote-bar" aria-hidden="true">
            <i class={bound ?? undefined} style={{ width: `${(count / most) * 100}%` }} />
          </span>
          <span class="num">{bound === null ? count : t(bound, { count })}</span>
        </li>
      ))}
    </ul>
  )
}

const Ranking = ({ field, told }: { field: Field; told: ToldVote & { kind: 'ranking' } }) => {
  const most = Math.max(1, ...told.topics.map(({ points }) => points))
  const t = strings('vote')
  return (
    <>
      <ol class="vote-bars">
        {told.topics.map(({ id, points }, index) => (
          <li key={id}>
            <span class="vote-label">
              {index + 1}. {optionLabel(field, id)}
            </span>
            <span class="vote-bar" aria-hidden="true">
              <i style={{ width: `${(points / most) * 100}%` }} />
            </span>
            <span class="num">{t('points', { count: points })}</span>
          </li>
        ))}
      </ol>
      <p class="mute s2">{t('rankingRule')}</p>
    </>
  )
}

/** The size says how many wrote a word; so does the number behind it. */
const Cloud = ({ told: { words } }: { told: ToldVote & { kind: 'words' } }) => {
  const t = strings('vote')
  if (words.length === 0) return <p class="few">{t('noCommonWord')}</p>
  const most = Math.max(...words.map(({ writers }) => writers))
  return (
    <ul class="vote-cloud">
      {words.map(({ word, writers }) => (
        <li key={word} style={{ '--weight': writers / most }}>
          <span dir="auto">{word}</span> <small class="num">{writers}</small>
        </li>
      ))}
    </ul>
  )
}

/** What most say of now, and what most want. An average would be of counts that are blurred. */
const Gap = ({ from, to }: { from: ToldField; to: ToldField }) => {
  const [now, wanted] = [mostChosen(from.told), mostChosen(to.told)]
  if (now === null || wanted === null) return null
  return <p class="vote-gap">{strings('vote')('gap', { now, wanted })}</p>
}
