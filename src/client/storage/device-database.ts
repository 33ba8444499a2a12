import { Dexie, type EntityTable } from 'dexie'
import type { Me } from '../../shared/domain/person.ts'

/**
 * Who used this device last: an offline start has nobody to ask. Strict, and not in localStorage: Chromium writes that
 * seconds later, and a browser killed in between would stand at the sign-in page with the words behind it.
 */
export class DeviceDatabase extends Dexie {
  /**
   * `current` null = whoever was here has signed out; no row at all says nothing, since the browser may have thrown it away.
   * `leaving` = has signed out here, and the server could not be told yet.
   */
  declare people: EntityTable<{ key: 'current' | 'leaving'; me: Me | null }, 'key'>

  constructor() {
    super('loft-device', { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ people: 'key' })
  }
}
