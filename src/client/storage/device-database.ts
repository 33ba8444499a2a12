import type { Me } from '../../shared/domain/person.ts'
import type { DatabaseFactory } from './database-schema.ts'
import { type KeyedTable, keyedTable } from './keyed-table.ts'
import { connectTo } from './open-database.ts'

/**
 * Who used this device last: an offline start has nobody to ask. Strict, and not in localStorage: Chromium writes that
 * seconds later, and a browser killed in between would stand at the sign-in page with the words behind it.
 */
export interface DeviceDatabase {
  /**
   * `current` null = whoever was here has signed out; no row at all says nothing, since the browser may have thrown it away.
   * `leaving` = has signed out here, and the server could not be told yet.
   */
  people: KeyedTable<{ key: 'current' | 'leaving'; me: Me | null }>
}

export const openDeviceDatabase = (factory: DatabaseFactory): DeviceDatabase => {
  const connection = connectTo(factory, {
    name: 'loft-device',
    versions: [{ people: 'key' }],
  })
  return { people: keyedTable(connection, 'people', 'strict') }
}
