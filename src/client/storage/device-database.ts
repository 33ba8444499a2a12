import type { Me } from '../../shared/domain/person.ts'
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

export const openDeviceDatabase = (indexedDB: IDBFactory): DeviceDatabase => {
  const connection = connectTo(indexedDB, {
    name: 'loft-device',
    version: 10, // as Dexie counted, which made the first ones
    upgrade: (database) => {
      database.createObjectStore('people', { keyPath: 'key' })
    },
  })
  return { people: keyedTable(connection, 'people', 'strict') }
}
