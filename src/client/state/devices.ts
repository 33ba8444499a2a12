import type { DeviceList } from '../../shared/domain/devices.ts'
import type { Me } from '../../shared/domain/person.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'

export type OwnDevice = DeviceList['devices'][number]

interface DevicesDeps {
  fetch: typeof fetch
}

/** Where the person is signed in; null if the server could not be asked. */
export const readDevices = async (
  { fetch }: DevicesDeps,
  me: Me,
): Promise<readonly OwnDevice[] | null> => {
  try {
    const answer = await fetch(paths.devices, { headers: headersOf(me) })
    const body: Partial<DeviceList> | null = answer.ok ? await answer.json() : null
    return Array.isArray(body?.devices) ? body.devices : null
  } catch {
    return null
  }
}

/** Signs these devices out; false if one may be signed in yet. One that is gone already is out. */
export const endDevices = async (
  { fetch }: DevicesDeps,
  me: Me,
  ids: readonly string[],
): Promise<boolean> => {
  try {
    for (const id of ids) {
      const { status } = await fetch(paths.device(id), { method: 'DELETE', headers: headersOf(me) })
      if (status !== 204 && status !== 404) return false
    }
    return true
  } catch {
    return false
  }
}

/** The parts of a label such as `Firefox, Windows`. */
export const partsOfLabel = (
  label: string | null,
): { browser: string; system: string | null } | null => {
  const [browser, system] = label?.split(', ') ?? []
  return browser ? { browser, system: system ?? null } : null
}

const headersOf = (me: Me): Record<string, string> => ({ [principalHeader]: me.principal })
