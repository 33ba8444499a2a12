import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { type JourneyChoice, readChoice } from './journey-choice.ts'

/** Forgotten when its person leaves this device, state/forget-own.ts. */
const journeyKey = (principal: string): string => `loft-journey:${principal}`

/** The chosen length, remembered on this device. */
export const useChoice = (
  asked: string | undefined,
  places: readonly string[],
): [JourneyChoice, (next: JourneyChoice) => void] => {
  const { route } = useLocation()
  const key = journeyKey(useServices().me.principal)
  const [choice, setChoice] = useState(() =>
    readChoice(storage((at) => at.getItem(key)) ?? null, asked, places),
  )
  return [
    choice,
    (next) => {
      setChoice(next)
      storage((at) => at.setItem(key, JSON.stringify(next)))
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
