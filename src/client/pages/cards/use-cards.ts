import { useEffect, useState } from 'preact/hooks'
import type { Cards } from '../../state/cards.ts'
import { useServices } from '../../state/services.ts'

/** Null for a moment; the newest is asked for behind what the device has. */
export const useCards = (): Cards | null => {
  const services = useServices()
  const [cards, setCards] = useState<Cards | null>(null)
  useEffect(() => {
    let shown = true
    void services.cards().then(
      (opened) => {
        if (shown) setCards(opened)
        void opened.refresh()
      },
      () => {}, // its part of the page could not be had: the page's own note tells of it
    )
    return () => {
      shown = false
    }
  }, [services])
  return cards
}
