import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { links } from '../links.ts'
import { type JourneyChoice, readChoice } from './journey-choice.ts'

/** Forgotten when its person leaves this device, state/start.ts. */
export const journeyKey = 'loft-journey'

/** The chosen length, remembered on this device. */
export const useChoice = (
  asked: string | undefined,
  places: readonly string[],
): [JourneyChoice, (next: JourneyChoice) => void] => {
  const { route } = useLocation()
  const [choice, setChoice] = useState(() =>
    readChoice(storage((at) => at.getItem(journeyKey)) ?? null, asked, places),
  )
  return [
    choice,
    (next) => {
      setChoice(next)
      storage((at) => at.setItem(journeyKey, JSON.stringify(next)))
      // Else a reload would bring the minutes of the address back.
      if (asked !== undefined) route(links.journey, true)
    },
  ]
}

/** Storage may be refused; then the choice holds for this visit. */
const storage = <T>(use: (at: Storage) => T): T | undefined => {
  try {
    return use(localStorage)
  } catch {
    return undefined
  }
}
