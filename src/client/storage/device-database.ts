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
   * `leaving` = has signed out here, and the server could not be told yet. `table` = the device lies on a group's table, as `seat`
   * says, and `parked` is whoever lent it. `writer` = who writes at it now: in here, since what a killed browser has forgotten would
   * put one's words under another's name.
   */
  people: KeyedTable<{
    key: 'current' | 'leaving' | 'table' | 'parked' | 'writer'
    me: Me | null
    seat?: TableSeat
    writer?: { principal: string; role: string | null }
  }>
}

/** How a tablet sits at a table. `hasJoined` = the server has let it in. */
export interface TableSeat {
  link: string
  /** 128 bits, hexadecimal: by them it is this tablet. */
  secret: string
  hasJoined: boolean
  /** The server says that its time is over, or lets it in no more. */
  isOver: boolean
}

export const openDeviceDatabase = (factory: DatabaseFactory): DeviceDatabase => {
  const connection = connectTo(factory, {
    name: 'loft-device',
    versions: [{ people: 'key' }],
  })
  return { people: keyedTable(connection, 'people', 'strict') }
}
