import { Dexie } from 'dexie'
import type { DatabaseFactory, Schema } from './database-schema.ts'

// Needed once for a new version: to be loaded by import() alone.

/** Brings an older database to the newest version, with everything that is in it. */
export const upgradeDatabase = async (
  factory: DatabaseFactory,
  { name, versions }: Schema,
): Promise<void> => {
  const dexie = new Dexie(name, { ...factory, autoOpen: false })
  for (const [index, stores] of versions.entries()) dexie.version(index + 1).stores(stores)
  try {
    await dexie.open()
  } finally {
    dexie.close()
  }
}
