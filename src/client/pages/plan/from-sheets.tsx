import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import type { Candidate } from './candidates.ts'

/** Efforts that the group has written in its sheets: what is ticked is copied into the plan. */
export const FromSheets = ({
  candidates,
  take,
}: {
  candidates: readonly Candidate[]
  take(chosen: readonly Candidate[]): void
}) => {
  const t = strings('plan')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const picked = candidates.filter(({ from }) => chosen.includes(from))
  const toggle = (from: string): void =>
    setChosen(chosen.includes(from) ? chosen.filter((one) => one !== from) : [...chosen, from])
  return (
    <fieldset class="from-sheets">
      <legend class="h-s">{t('fromSheets')}</legend>
      <p class="hint">{t('fromSheetsHint')}</p>
      {candidates.map(({ from, name, sheet }) => (
        <label key={from} class="row">
          <input type="checkbox" checked={chosen.includes(from)} onChange={() => toggle(from)} />
          <span>
            <span class="written" dir="auto">
              {name}
            </span>
            <span class="mute s2">{local(sheet)}</span>
          </span>
        </label>
      ))}
      <button
        type="button"
        class="btn line"
        aria-disabled={picked.length === 0}
        onClick={() => {
          if (picked.length === 0) return
          take(picked)
          setChosen([])
        }}
      >
        <Icon name="down" />
        {picked.length === 0 ? t('takeNone') : t('take', { count: picked.length })}
      </button>
    </fieldset>
  )
}
