const key = 'loft-large-type'

/** Whether sheets stand in large type on this device. */
export const isLargeType = (): boolean => {
  try {
    return localStorage.getItem(key) === 'yes'
  } catch {
    return false
  }
}

export const rememberLargeType = (large: boolean): void => {
  try {
    if (large) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  } catch {
    // chosen for this visit only
  }
}
