import { useEffect } from 'preact/hooks'
import { keepGatherings } from '../../state/keep-gatherings.ts'
import { useServices } from '../../state/services.ts'

/** Home has what it needs by then; this is for later. */
const afterHomeMs = 2000
/** For whoever stays: what groups share is read on a page of its own, which asks too. */
const afterAllMs = 15_000

/** Brings what is said of the gatherings, and what groups share, to the device, so that it can be read on the way there. */
export const useKeptGatherings = (): void => {
  const services = useServices()
  const { server, me, now } = services
  useEffect(() => {
    const keepShared = (): void => {
      void services.cards().then(
        (cards) => cards.refresh(),
        () => {}, // its part of the page could not be had: another time
      )
    }
    const timers = [
      setTimeout(
        () => void keepGatherings({ ...server, principal: me.principal, now }),
        afterHomeMs,
      ),
      setTimeout(keepShared, afterAllMs),
    ]
    return () => timers.forEach(clearTimeout)
  }, [services, server, me.principal, now])
}
