import { useId, useState } from 'preact/hooks'
import { formatMinutes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import {
  type JourneyChoice,
  minutesOf,
  placeOf,
  presets,
  toPlace,
  withMinutes,
} from './journey-choice.ts'

/** How long the journey is: four lengths, a place with its own travel time, or any time. */
export const ChooseTime = ({
  choice,
  places,
  choose,
}: {
  choice: JourneyChoice
  /** Where the cohort gathers next. */
  places: readonly string[]
  choose(next: JourneyChoice): void
}) => {
  const t = strings('journey')
  const option = (chosen: string, title: string, under: string) => (
    <label key={chosen}>
      <input
        type="radio"
        name="length"
        value={chosen}
        checked={choice.chosen === chosen}
        onChange={() => choose({ ...choice, chosen })}
      />
      <b>{title}</b>
      <span>{under}</span>
    </label>
  )
  const place = placeOf(choice)
  return (
    <>
      <fieldset class="pick">
        <legend class="sr">{t('lengths')}</legend>
        <div class="pick-big">
          {presets.map((minutes) =>
            option(String(minutes), shortTime(minutes), t(`by_${minutes}`)),
          )}
        </div>
        <div class="pick-small">
          {places.map((one) => {
            const known = choice.places[one]
            return option(
              toPlace(one),
              t('toPlace', { place: one }),
              known === undefined ? '' : formatMinutes(known),
            )
          })}
          {option('own', t('otherTime'), choice.own === null ? '' : formatMinutes(choice.own))}
        </div>
      </fieldset>
      {(place !== null || choice.chosen === 'own') && (
        <TimeField
          key={choice.chosen}
          legend={place === null ? t('ownTime') : t('travelTime', { place })}
          minutes={minutesOf(choice)}
          change={(minutes) => choose(withMinutes(choice, minutes))}
        />
      )}
    </>
  )
}

/** `1 t 30`, as on a timetable. */
const shortTime = (minutes: number): string =>
  minutes > 60 && minutes % 60 > 0
    ? strings('journey')('hoursShort', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
    : formatMinutes(minutes)

/** Hours and minutes; what is typed counts at once. */
const TimeField = ({
  legend,
  minutes,
  change,
}: {
  legend: string
  minutes: number | null
  change(minutes: number): void
}) => {
  const t = strings('journey')
  const base = useId()
  const [written, setTyped] = useState(asTyped(minutes))
  // A time that another button has set stands here too.
  const typed = minutes === null || timeOf(written) === minutes ? written : asTyped(minutes)
  const field = (part: keyof Typed, max: number) => (
    <label for={`${base}-${part}`}>
      <input
        id={`${base}-${part}`}
        class="area num"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        maxLength={max}
        value={typed[part]}
        onInput={(event) => {
          const next = { ...typed, [part]: event.currentTarget.value.replace(/\D/g, '') }
          event.currentTarget.value = next[part]
          setTyped(next)
          change(timeOf(next))
        }}
      />
      <span>{t(part)}</span>
    </label>
  )
  return (
    <fieldset class="how-long">
      <legend>{legend}</legend>
      <div class="row">
        {field('hours', 2)}
        {field('minutes', 3)}
      </div>
    </fieldset>
  )
}

interface Typed {
  hours: string
  minutes: string
}

const timeOf = ({ hours, minutes }: Typed): number => Number(hours) * 60 + Number(minutes)

const asTyped = (minutes: number | null): Typed => ({
  hours: minutes === null || minutes < 60 ? '' : String(Math.floor(minutes / 60)),
  minutes: minutes === null ? '' : String(minutes % 60),
})
