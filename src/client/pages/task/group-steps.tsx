import { strings } from '../../i18n/i18n.ts'

interface Step {
  id: string
  label: string
  /** Somebody has answered. */
  done: boolean
}

/** The questions of a worksheet as stops along a lane. */
export const GroupSteps = ({
  steps,
  current,
  choose,
}: {
  steps: readonly Step[]
  current: number
  choose(step: number): void
}) => {
  const t = strings('task')
  if (steps.length < 2) return null
  return (
    <nav aria-label={t('steps')}>
      <p class="step-of" aria-hidden="true">
        {t('stepOf', { number: current + 1, count: steps.length })}
      </p>
      <ol>
        {steps.map(({ id, label, done }, index) => {
          const here = index === current
          const said = here ? t('youAreHere') : done ? t('answered') : null
          return (
            <li key={id} class={here ? 'now' : done ? 'done' : undefined}>
              <button
                type="button"
                aria-current={here ? 'step' : undefined}
                onClick={() => choose(index)}
              >
                <StepMark
                  state={here ? 'next' : done ? 'done' : 'open'}
                  before={index === 0 ? null : (steps[index - 1]?.done ?? false)}
                  after={index === steps.length - 1 ? null : done}
                />
                <span>
                  <span class="step-l">{label}</span>
                  {said && <small>{said}</small>}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** A stop with the lane through it: whole where it is answered, dotted where not, null at an end. */
const StepMark = ({
  state,
  before,
  after,
}: {
  state: 'done' | 'next' | 'open'
  before: boolean | null
  after: boolean | null
}) => (
  <svg viewBox="0 0 40 64" aria-hidden="true">
    {before !== null && <path class={before ? 'lane-done' : 'lane-left'} d="M20-10V22" />}
    {after !== null && <path class={after ? 'lane-done' : 'lane-left'} d="M20 22V74" />}
    <circle class={`st ${state}`} cx="20" cy="22" r={state === 'next' ? 13 : 11} />
    {state === 'done' && (
      <path class="st-tick" style={{ strokeWidth: 2.3 }} d="M15.3 22.400l3.2 3.4 5.9-7.1" />
    )}
  </svg>
)
