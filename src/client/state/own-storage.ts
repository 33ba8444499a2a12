type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The browser's storage for somebody's page: an answer that comes when they have left the device is not kept on it. */
export const ownStorage = (storage: Kept | null, isHere: () => boolean): Kept | null =>
  storage && {
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => {
      if (isHere()) storage.setItem(key, value)
    },
    removeItem: (key) => storage.removeItem(key),
  }
