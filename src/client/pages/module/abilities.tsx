import type { OutlineModule } from '../../../shared/domain/outline.ts'
import type { Ability } from '../../../shared/domain/programme.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

/** What the module builds, in the words that municipalities use, with the framework's own beside them. */
export const Abilities = ({ module }: { module: OutlineModule }) => {
  const { framework } = useServices().outline
  const abilities = module.abilities.flatMap(
    (id) => framework.abilities.find((ability) => ability.id === id) ?? [],
  )
  if (abilities.length === 0) return null
  return (
    <section class="wrap evner" aria-labelledby="abilities">
      <h2 id="abilities">{strings('module')('abilities')}</h2>
      <dl>
        {abilities.map((ability) => {
          const beside = besideTitle(ability)
          return (
            <div key={ability.id}>
              <dt>
                {local(ability.title)} {beside && <span class="fw">{beside}</span>}
              </dt>
              <dd>{local(ability.text)}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

const besideTitle = (ability: Ability): string | null => {
  const t = strings('module')
  const { term } = ability
  const differs = term !== undefined && term.toLowerCase() !== local(ability.title).toLowerCase()
  if (ability.kind === 'leiarevne') {
    return differs ? t('leaderAbilityTerm', { term }) : t('leaderAbility')
  }
  return differs ? t('frameworkTerm', { term }) : null
}
