import type { Me } from '../../shared/domain/person.ts'
import type { DeviceDatabase } from '../storage/device-database.ts'
import { databaseMs, orNullAfter } from '../storage/or-null-after.ts'

/** Who writes at a shared tablet: the role chosen last, also after the browser has been killed. */
export interface TableWriter {
  /** A role's id; null = the group itself. */
  role(): string | null
  choose(role: string | null): void
}

export const openTableWriter = async (
  { device }: { device: DeviceDatabase },
  me: Pick<Me, 'principal' | 'role'>,
): Promise<TableWriter> => {
  const isShared = me.role === 'group-tablet'
  const row = isShared ? await orNullAfter(databaseMs, device.people.get('writer')) : null
  let chosen = row?.writer?.principal === me.principal ? row.writer.role : null
  return {
    role: () => chosen,
    choose: (role) => {
      chosen = role
      const writer = { principal: me.principal, role }
      // Refused: chosen for this visit only.
      void device.people.put({ key: 'writer', me: null, writer }).catch(() => undefined)
    },
  }
}
