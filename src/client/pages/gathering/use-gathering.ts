import { useEffect, useState } from 'preact/hooks'
import type { Gathering } from '../../../shared/domain/gathering.ts'
import {
  type GatheringsSight,
  noteSeen,
  readGatherings,
  storedGatherings,
} from '../../state/gatherings.ts'
import { useServices } from '../../state/services.ts'

interface Seen {
  gathering: Gathering | null
  sight: GatheringsSight
  /** It has been changed after its reader saw it last. */
  changed: boolean
  isAsking: boolean
}

/** What lies on the device at once, then what the server says. */
export const useGathering = (stop: string): Seen => {
  const { server, me, now } = useServices()
  const [sight, setSight] = useState<GatheringsSight>({ kind: 'none' })
  const [changed, setChanged] = useState(false)
  const [isAsking, setAsking] = useState(true)
  useEffect(() => {
    let shown = true
    const deps = { ...server, principal: me.principal, now }
    setSight(storedGatherings(deps))
    setAsking(true)
    setChanged(false)
    void readGatherings(deps).then((read) => {
      if (!shown) return
      setSight(read)
      setAsking(false)
      const gathering = find(read, stop)
      if (gathering) setChanged(noteSeen(deps, gathering))
    })
    return () => {
      shown = false
    }
  }, [server, me.principal, now, stop])
  return { gathering: find(sight, stop), sight, changed, isAsking }
}

const find = (sight: GatheringsSight, stop: string): Gathering | null =>
  sight.kind === 'none' ? null : (sight.gatherings.find((one) => one.stop === stop) ?? null)
